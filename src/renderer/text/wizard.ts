import type { DataSourceColor, TlsMode } from '../../shared/model/dataSource.ts';
import type { RowCount } from '../../shared/model/schemaTree.ts';
import type { SchemaPreview, StageName, TlsState } from '../../shared/model/testReport.ts';
import { formatCount, plural } from '../lib/format.ts';

const stageLabel: Record<StageName, string> = {
  dns: 'Look up the host',
  tcp: 'Reach the port',
  tls: 'Encrypt the connection',
  auth: 'Log in',
  database: 'Open the database',
  schema: 'Read the schema',
};

const tlsMode: Record<TlsMode, { label: string; hint: string }> = {
  'verify-full': {
    label: 'Encrypted, certificate and host name checked',
    hint: 'The server must prove that it is the host you named. The right choice for every server that is not on this computer.',
  },
  'verify-ca': {
    label: 'Encrypted, certificate checked',
    hint: 'The certificate must come from the authority below. The host name is not compared.',
  },
  encrypt: {
    label: 'Encrypted, nothing checked',
    hint: 'Onlookers cannot read along, but whoever answers is trusted: an impostor would get your password.',
  },
  disable: {
    label: 'Not encrypted',
    hint: 'Everybody on the way can read along. Fine on this computer, nowhere else.',
  },
};

const colorLabel: Record<DataSourceColor, string> = {
  gray: 'Gray',
  blue: 'Blue',
  teal: 'Teal',
  green: 'Green',
  yellow: 'Yellow',
  orange: 'Orange',
  red: 'Red',
  grape: 'Purple',
};

/** `TLSv1.3, certificate and host name checked`. */
function tlsSummary(tls: TlsState): string {
  if (!tls.active) return 'Not encrypted';
  const checked = {
    full: 'certificate and host name checked',
    ca: 'certificate checked, host name not',
    none: 'nothing checked',
  }[tls.verified];
  return `${tls.protocol}, ${checked}`;
}

const rowsPrefix: Record<RowCount['accuracy'], string> = {
  exact: '',
  estimate: '~',
  'at-least': 'at least ',
};

/** `User (8 columns • 3 rows)`; an estimate reads `~1,234 rows`, and what nobody knows is left out. */
function relationLine(name: string, columnCount: number, rows: RowCount | null): string {
  const columns = plural(columnCount, 'column', 'columns');
  if (rows === null) return `${name} (${columns})`;
  return `${name} (${columns} • ${rowsPrefix[rows.accuracy]}${plural(rows.value, 'row', 'rows')})`;
}

/** `12,000 tables and views in 20 other schemas: s0 (600), s1 (600) and 18 more`. */
function previewElsewhere(preview: SchemaPreview): string {
  const { otherSchemas, otherSchemaCount, otherRelationCount } = preview;
  const where = plural(otherSchemaCount, 'other schema', 'other schemas');
  const names = otherSchemas.map(({ name, relationCount }) => `${name} (${formatCount(relationCount)})`);
  const moreCount = otherSchemaCount - names.length;
  const more = moreCount > 0 ? ` and ${formatCount(moreCount)} more` : '';
  return `${plural(otherRelationCount, 'table or view', 'tables and views')} in ${where}: ${names.join(', ')}${more}`;
}

export const wizardText = {
  newTitle: 'New data source',
  editTitle: (name: string) => `Edit “${name}”`,
  progress: 'Progress',
  steps: { kind: 'Kind', details: 'Details', test: 'Test', save: 'Save' },
  stepStatus: { done: 'done', failed: 'failed', running: 'in progress' },
  sections: {
    general: 'General',
    authentication: 'Authentication',
    encryption: 'Encryption',
    limits: 'Limits',
    labels: 'Labels',
  },
  back: 'Back',
  test: 'Test connection',
  save: 'Save',
  saveAndConnect: 'Save and connect',
  discardTitle: 'Discard what you typed?',
  discardMessage: 'This data source has changes that are not saved.',
  discard: 'Discard',
  keepEditing: 'Keep editing',

  kindQuestion: 'What do you want to connect to?',
  postgres: 'PostgreSQL',
  postgresMessage: 'A server of yours, version 12 or newer, here or anywhere you can reach.',
  demo: 'Demo database',
  demoAction: 'Use demo database',
  demoMessage:
    'A real PostgreSQL with sample data that runs on this computer. Nothing to fill in, works offline.',
  demoPreparing: 'Preparing the demo database…',
  demoCancelled: 'Cancelled. You can start it again at any time.',

  connectionText: {
    label: 'Connection URL or string',
    placeholder: 'postgresql://user:password@host:5432/database',
    hint: 'A URL, a JDBC or .NET string, a psql command or a line of an .env file. It is cleared once it is read.',
    fill: 'Fill in',
    readAs: (form: string) => `Read as ${form}.`,
    leftOut: (names: readonly string[], reason: string) => `Left out: ${names.join(', ')} (${reason}).`,
    undo: 'Undo',
    misplaced: 'This looks like a connection string. Paste it into “Connection URL or string” above.',
  },
  suggestedName: (database: string, host: string) => (database === '' ? host : `${database} on ${host}`),

  name: 'Name',
  namePlaceholder: 'How you want to find it',
  host: 'Host',
  port: 'Port',
  database: 'Database',
  user: 'User',
  password: 'Password',
  showPassword: 'Show what was typed',
  hidePassword: 'Hide what was typed',
  passwordStored: 'Stored — leave empty to keep it',
  passwordNone: 'None',
  passwordDrop: 'Remove the stored password',
  passwordKeep: 'Keep the stored password',
  passwordDropped: 'The stored password is removed when you save.',
  passwordMoves: 'It was saved for another address: Mooring asks you before it is sent to this one.',
  passwordWanted: 'Type the password.',
  passwordTyped: 'Will be stored in the vault, encrypted.',
  passwordHeld: 'Will be kept in memory until you quit Mooring.',
  demoLocked: 'The demo database looks after its own address and password.',
  security: 'TLS mode',
  tlsMode,
  authority: 'Certificates of the authorities (PEM)',
  authorityHint: 'Leave it empty to trust the authorities that this computer trusts.',
  authorityRequired: 'Paste it, or pick the file that your administrator gave you.',
  authorityPick: 'Pick a file…',
  authorityClear: 'Clear',
  authorityTooLarge: 'This is longer than 512 KB, the most that Mooring keeps.',
  authorityUnreadable: 'The file could not be read.',
  color: 'Colour',
  colorLabel,
  environment: 'Environment',
  readOnly: 'Read-only',
  readOnlyHint: 'Every session is opened read-only, so that nothing is changed by mistake.',
  advanced: 'Pool and time-outs',
  poolMin: 'Connections kept open',
  poolMax: 'Most connections',
  idleSeconds: 'Close idle ones after',
  acquireSeconds: 'Wait for a free one',
  leakWarningSeconds: 'Report a leak after',
  leakReclaimSeconds: 'Take a leak back after',
  connectSeconds: 'Connect time-out',
  querySeconds: 'Query time-out',
  idleInTransactionSeconds: 'Idle transaction time-out',
  advancedHint: {
    poolMin: '0 keeps none.',
    poolMax: 'Also the most that the server sees.',
    idleSeconds: 'Those above the ones kept open.',
    acquireSeconds: 'Then the work fails, with the reason.',
    leakWarningSeconds: 'In use for longer: written to the log.',
    leakReclaimSeconds: 'Then it is closed and its work fails.',
    connectSeconds: 'Look-up, TLS and log-in together.',
    querySeconds: 'Then the server ends the statement.',
    idleInTransactionSeconds: 'Open with nothing to do: rolled back.',
  },
  never: 'Never',
  secondsUnit: 's',
  countRange: (from: string, to: string) => `A whole number from ${from} to ${to}`,
  secondsRange: (from: string, to: string) => `From ${from} to ${to} seconds`,
  orNever: (range: string) => `${range}, or empty for never`,

  testRunning: 'Testing the connection…',
  testPassed: 'The connection works',
  testFailed: 'The connection test failed',
  testNotRun: 'The connection could not be tested',
  testCancelled: 'The test was cancelled',
  testOutdated: 'Details have changed since this test.',
  outcome: 'Test result',
  testTotal: (duration: string) => `${duration} total`,
  testCancel: 'Cancel the test',
  copyReport: 'Copy report',
  stagesList: 'Stages of the test',
  stageLabel,
  stageOutcome: {
    waiting: 'waiting',
    running: 'running',
    ok: 'done',
    skipped: 'not needed',
    failed: 'failed',
    stopped: 'stopped',
  },
  facts: {
    version: 'Server',
    database: 'Database',
    user: 'User',
    timeZone: 'Time zone',
    encoding: 'Encoding',
    tls: 'Encryption',
    access: 'Access',
  },
  encodingSummary: (server: string, client: string) =>
    server === client ? server : `${server} on the server, ${client} here`,
  notKnown: 'Not known',
  readWrite: 'Read and write',
  readOnlyAccess: 'Read-only',
  readOnlyButServer: 'Read-only, but this user can write files and run programs on the server',
  superuser: (user: string) => `${user} (superuser)`,
  tlsSummary,
  tlsPlainWarning: 'The connection is not encrypted.',
  tlsUncheckedWarning: 'The connection is encrypted, but nobody checked who answered.',
  previewTitle: (schema: string, count: number) =>
    `${schema} — ${plural(count, 'table or view', 'tables and views')}`,
  previewEmpty: 'No tables or views yet',
  previewEmptySchema: (schema: string) => `No tables or views in ${schema}`,
  previewNoSchema: 'No schema of the search path exists',
  previewRefused: 'The server refused to list its tables',
  previewElsewhere,
  previewMore: (count: number) => `and ${formatCount(count)} more`,
  relationLine,

  report: {
    title: (name: string, address: string) => `Connection test of ${name} (${address})`,
    passed: 'Passed',
    failed: 'Failed',
    outcome: (verdict: string, duration: string) => `${verdict} after ${duration}`,
  },
};
