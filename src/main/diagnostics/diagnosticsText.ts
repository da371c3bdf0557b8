import type { Preferences } from '../../shared/model/appInfo.ts';
import type { AuditStatus } from '../../shared/model/audit.ts';
import type { DemoStatus } from '../../shared/model/demoStatus.ts';
import { maxDiagnosticsLength } from '../../shared/model/diagnostics.ts';
import type { LogLine, LogSettings } from '../../shared/model/log.ts';
import type { VaultStatus } from '../../shared/model/vault.ts';
import type { RuntimeFacts, SourceFacts } from './DiagnosticFacts.ts';
import { errorTexts, lineText } from './logTexts.ts';
import { codeText, memoryText, numberText } from './plainTexts.ts';

export interface AllFacts {
  readonly at: number;
  readonly runtime: RuntimeFacts;
  readonly vault: VaultStatus;
  readonly audit: AuditStatus;
  readonly demo: DemoStatus;
  readonly preferences: Preferences;
  readonly logSettings: LogSettings;
  readonly sources: readonly SourceFacts[];
  /** How many there are, also when fewer are told of. */
  readonly sourceCount: number;
  /** Newest first. */
  readonly lines: readonly LogLine[];
}

const yesNo = (value: boolean): string => (value ? 'yes' : 'no');

const pairs = (values: Readonly<Record<string, string | number>>): string[] =>
  Object.entries(values).map(([name, value]) => `- ${name}: ${value}`);

function runtimeLines({ versions, ...facts }: RuntimeFacts): string[] {
  const named = ['electron', 'chrome', 'node'].map((name) => [name, versions[name] ?? '–'] as const);
  return pairs({
    mooring: facts.version,
    ...Object.fromEntries(named),
    system: facts.system,
    processors: facts.cpuCount,
    memory: `${memoryText(facts.memoryBytes)}, ${memoryText(facts.freeMemoryBytes)} free`,
    uptime: `${Math.round(facts.uptimeSeconds)} s`,
    'memory of the main process': `${memoryText(facts.residentBytes)}, heap ${memoryText(facts.heapBytes)}`,
    'event loop delay': `${numberText(facts.loopDelayMs)} ms`,
  });
}

function vaultLines({ mode, lock, hasPassphrase, key, problem, appLock, ...counts }: VaultStatus): string[] {
  return pairs({
    mode: mode ?? 'none yet',
    lock,
    passphrase: yesNo(hasPassphrase),
    'key version': key?.version ?? '–',
    'old keys kept': counts.retiredKeyCount,
    secrets: counts.secretCount,
    problem: problem?.code ?? 'none',
    'app lock': yesNo(appLock.enabled),
  });
}

function auditLines({ check, checkedAt, keepDays }: AuditStatus): string[] {
  const found = check === null ? 'not checked yet' : check.status;
  return pairs({
    check: checkedAt === null ? found : `${found}, ${new Date(checkedAt).toISOString()}`,
    ...(check?.status === 'broken' && { 'broken at': `${check.at} (${check.reason})` }),
    ...(check?.status === 'intact' && { entries: check.entryCount }),
    'days kept': keepDays ?? 'all',
  });
}

function settingsLines(preferences: Preferences, { level, scopes }: LogSettings): string[] {
  return pairs({
    theme: preferences.theme,
    'row limit': preferences.rowLimit ?? 'none',
    'log level': [level, ...Object.entries(scopes).map((pair) => pair.join('='))].join(' '),
  });
}

function sourceLines({ dataSource, state, metrics, serverVersion }: SourceFacts): string[] {
  const { totals, newest } = metrics;
  const reason = 'reason' in state ? [state.reason.code, codeText(state.reason.driverCode)] : [];
  const codes = reason.filter((code) => code !== null).join(' ');
  const facts = [
    `${dataSource.engine.kind}${serverVersion === null ? '' : ` ${serverVersion}`}`,
    `${state.status}${codes === '' ? '' : ` (${codes})`}`,
    `read-only ${yesNo(dataSource.readOnly)}`,
    `queries ${totals.queries}, errors ${totals.errors}, cancelled ${totals.cancels}`,
    `connects ${totals.connectsOk}, failed ${totals.connectsFailed}`,
  ];
  const lines = [`- ${dataSource.id}: ${facts.join('; ')}`];
  if (newest === null) return lines;
  const { pool, latency, healthMs, statementsPerSecond } = newest;
  return [
    ...lines,
    `  pool ${pool.inUse} in use, ${pool.idle} idle, ${pool.connecting} connecting, ${pool.waiting} waiting; min ${pool.min}, max ${pool.max}, target ${pool.target}, ceiling ${pool.ceiling}, leaked ${pool.leaked}`,
    `  ${numberText(statementsPerSecond.user)} queries/s, p50 ${numberText(latency?.p50 ?? null)} ms, p95 ${numberText(latency?.p95 ?? null)} ms, health ${numberText(healthMs)} ms`,
  ];
}

const section = (title: string, lines: readonly string[]): string[] => [
  '',
  `## ${title}`,
  ...(lines.length === 0 ? ['none'] : lines),
];

/**
 * One text for people, in Markdown. It holds no secret, name, host, user, database, statement or path: nothing goes in
 * but numbers, ids that Mooring made, words of its own, codes and versions.
 */
export function diagnosticsText(facts: AllFacts): string {
  const { sources, sourceCount, lines } = facts;
  const more = sourceCount > sources.length ? [`and ${sourceCount - sources.length} more`] : [];
  const text = [
    `# Mooring diagnostics, ${new Date(facts.at).toISOString()}`,
    ...section('Application', runtimeLines(facts.runtime)),
    ...section('Vault', vaultLines(facts.vault)),
    ...section('Audit trail', auditLines(facts.audit)),
    ...section('Settings', settingsLines(facts.preferences, facts.logSettings)),
    ...section('Demo database', [facts.demo.status]),
    ...section('Data sources', [...sources.flatMap(sourceLines), ...more]),
    ...section('Errors in the log', errorTexts(lines)),
    ...section(`Last ${lines.length} lines of the log, newest first`, lines.map(lineText)),
    '',
  ].join('\n');
  return text.length <= maxDiagnosticsLength ? text : `${text.slice(0, maxDiagnosticsLength - 2)}…\n`;
}
