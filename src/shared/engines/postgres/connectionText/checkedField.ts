import { ConnectionTextRefused } from '../../../connectionText/ConnectionTextRefused.ts';
import { dataSourceFieldsSchema } from '../../../model/dataSource.ts';
import { trimmedText } from '../../../model/visibleText.ts';

/** A setting inside a value: the text was put together wrongly, and a part of it is a password. */
const passwordInside = /(?:password|passwd|pwd)\s*=/i;

/**
 * A value that is not secret, as the model takes it.
 * @throws ConnectionTextRefused for one that the model refuses, or that holds a password
 */
export function checkedField(field: 'host' | 'database' | 'user', text: string): string {
  const result = dataSourceFieldsSchema.shape[field].safeParse(trimmedText(text));
  if (result.success && !passwordInside.test(text)) return result.data;
  throw new ConnectionTextRefused(
    result.error?.issues[0]?.message ?? `The ${field} in the text contains another setting`,
    `Check the ${field} in the text.`,
  );
}
