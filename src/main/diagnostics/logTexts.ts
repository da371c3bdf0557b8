import type { LoggedError, LogLine } from '../../shared/model/log.ts';
import { cleanText } from '../base/cleanText.ts';
import { classText, codeText, idText, wordText } from './plainTexts.ts';

/**
 * Fields of a log line that are written, by how. An allow-list beside that of the log: files are for those who have
 * them, this text is for strangers.
 */
const fieldTexts: Readonly<Record<string, (text: string) => string | null>> = {
  call: wordText,
  channel: wordText,
  code: codeText,
  dataSourceId: idText,
  driverCode: codeText,
  kind: wordText,
  migration: (text) => (/^\d{4}(_\w+)+$/.test(text) ? text : null),
  mode: wordText,
  operation: wordText,
  outcome: wordText,
  platform: wordText,
  stage: wordText,
  status: wordText,
  step: wordText,
  stream: wordText,
  version: (text) => (/^\d+(\.\d+)*$/.test(text) ? text : null),
};
/** Numbers say something of the machine, and nothing of a person; a port is a part of an address. */
const hiddenNumbers: ReadonlySet<string> = new Set(['port', 'pid', 'backendId']);

function fieldText(name: string, value: string | number | boolean | null): string | null {
  if (typeof value === 'string') return fieldTexts[name]?.(value) ?? null;
  return value === null || hiddenNumbers.has(name) ? null : String(value);
}

/** The codes of an error and of what caused it, the nearest first. Their texts may name a host, a user or a table. */
function codesOf(error: LoggedError | null | undefined): string[] {
  if (error === null || error === undefined) return [];
  return [codeText(error.code) ?? classText(error.name) ?? 'Error', ...codesOf(error.cause)];
}

/** A line in one line: what Mooring itself says, and what of the rest is nobody's business but ours. */
export function lineText({ at, level, scope, correlationId, message, fields, error }: LogLine): string {
  const pairs = Object.entries(fields).flatMap(([name, value]) => {
    const text = fieldText(name, value);
    return text === null || !/^[a-zA-Z]{1,40}$/.test(name) ? [] : [`${name}=${text}`];
  });
  const codes = codesOf(error);
  return [
    new Date(at).toISOString(),
    level.padEnd(5),
    scope === null ? '-' : (wordText(scope) ?? '-'),
    cleanText(message, 200),
    ...pairs,
    ...(codes.length === 0 ? [] : [`error=${codes.join('<')}`]),
    ...(correlationId === null ? [] : [`(${idText(correlationId)?.slice(0, 8) ?? '-'})`]),
  ].join(' ');
}

/** Which errors there were, the latest first: code, how often, when last, and what Mooring said to it. */
export function errorTexts(lines: readonly LogLine[]): string[] {
  const found = new Map<string, { count: number; readonly newest: LogLine }>();
  for (const line of lines) {
    const [code] = line.error === null ? [] : codesOf(line.error);
    const named = code ?? (line.level === 'error' ? 'Error' : null);
    if (named === null) continue;
    const known = found.get(named);
    if (known === undefined) found.set(named, { count: 1, newest: line });
    else known.count += 1;
  }
  return [...found].map(
    ([code, { count, newest }]) =>
      `${code} × ${count}, last ${new Date(newest.at).toISOString()}: ${cleanText(newest.message, 200)}`,
  );
}
