import type { LogFields } from '../Logger.ts';

/**
 * The keys a log line may carry. An allow-list, because a deny-list forgets: whatever is not named here is masked.
 * Hosts, users and database names are not in it: logs are for sharing when something is wrong.
 */
const allowedKeys: ReadonlySet<string> = new Set([
  'attempt',
  'audit',
  'backendId',
  'borrowedBy',
  'call',
  'channel',
  'code',
  'correlationId',
  'count',
  'dataSourceId',
  'delayMs',
  'driverCode',
  'durationMs',
  'electron',
  'exitCode',
  'field',
  'fileName',
  'fingerprint',
  'heldMs',
  'keyVersion',
  'kind',
  'max',
  'migration',
  'min',
  'mode',
  'operation',
  'outcome',
  'pid',
  'pipeline',
  'platform',
  'port',
  'reason',
  'reclaimed',
  'run',
  'sequence',
  'signal',
  'stage',
  'status',
  'step',
  'stream',
  'version',
  'waiting',
]);

const mask = '«hidden»';

/** Masks every value whose key is not on the allow-list. */
export function redactFields(fields: LogFields): Record<string, string | number | boolean | null> {
  const result: Record<string, string | number | boolean | null> = {};
  for (const [key, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const safe = typeof value === 'string' ? redactText(value) : value;
    result[key] = allowedKeys.has(key) ? safe : mask;
  }
  return result;
}

/** Credentials in a URL, and `password=…` in all its spellings. A second net: no caller may rely on it. */
const patterns: readonly [RegExp, string][] = [
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s/]*@/gi, `$1:${mask}@`],
  [/\b(pass(?:word|phrase)?|pwd|secret|token)(["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s,;)}]+)/gi, `$1$2${mask}`],
];

/** Masks what looks like a credential in free text, such as the message of a foreign error. */
export function redactText(text: string): string {
  return patterns.reduce((masked, [pattern, replacement]) => masked.replace(pattern, replacement), text);
}
