import type { ErrorDto } from '../../shared/errors/errorDto.ts';
import { vocabulary } from '../text/vocabulary.ts';

const list = (heading: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `${heading}:`, ...lines.map((line) => `- ${line}`)];

/** An error as plain text, to be pasted into a ticket. Holds nothing that the screen does not show. */
export function errorReport(error: ErrorDto): string {
  const { causes, fixes, code, driverCode, reference } = vocabulary.error;
  const facts = [
    code(error.code),
    error.driverCode === null ? null : driverCode(error.driverCode),
    error.correlationId === null ? null : reference(error.correlationId),
  ].filter((fact) => fact !== null);
  return [
    error.title,
    ...(error.detail === '' ? [] : [error.detail]),
    facts.join(' · '),
    ...list(causes, error.causes),
    ...list(fixes, error.fixes),
  ].join('\n');
}
