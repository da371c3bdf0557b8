import type { SqlLanguage } from '../../../shared/sql/SqlLanguage.ts';

/** A normal form as a query tab can run it: a value is a parameter, for which the person is asked. */
export function openText(normalForm: string, language: SqlLanguage): string {
  const places = language
    .tokens(normalForm)
    .filter(({ kind, from, to }) => kind === 'punctuation' && normalForm.slice(from, to) === '?');
  let text = '';
  let end = 0;
  for (const [index, { from, to }] of places.entries()) {
    text += `${normalForm.slice(end, from)}$${index + 1}`;
    end = to;
  }
  return text + normalForm.slice(end);
}
