import { fieldsOfFlat } from '../../shared/model/flatFields.ts';
import { parseJson } from './parseJson.ts';

/**
 * The `fields` of a row of format 3 as format 4 has them; null for what cannot be converted. A signature over the old
 * bytes counts for the new ones only if they are exactly these.
 */
export function fieldsOfFlatRow(flat: Buffer): Buffer | null {
  const fields = fieldsOfFlat(parseJson(flat.toString('utf8')));
  return fields === null ? null : Buffer.from(JSON.stringify(fields), 'utf8');
}
