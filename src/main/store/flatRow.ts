import { fieldsOfFlat, isFlat } from '../../shared/model/flatFields.ts';
import { parseJson } from './parseJson.ts';

/**
 * The `fields` of a row of format 3 as format 4 has them; null for what has another shape. A signature over the old bytes
 * counts for the new ones only if they are exactly these.
 */
export function fieldsOfFlatRow(bytes: Buffer): Buffer | null {
  const flat = parseJson(bytes.toString('utf8'));
  return isFlat(flat) ? Buffer.from(JSON.stringify(fieldsOfFlat(flat)), 'utf8') : null;
}
