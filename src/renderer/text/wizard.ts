import type { DataSourceColor } from '../../shared/model/dataSource.ts';
import type { RowCount } from '../../shared/model/schemaTree.ts';
import type { SchemaPreview, StageName, TlsState } from '../../shared/model/testReport.ts';
import type { TlsMode } from '../../shared/model/tls.ts';
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
    label: 'Encrypted, certificate and host name verified',
    hint: 'The server must prove that it is the host you entered. Recommended for every server that is not on this computer.',
  },
  'verify-ca': {
    label: 'Encrypted, certificate verified',
    hint: 'The certificate must be issued by one of the CAs below. The host name is not verified.',
  },
  encrypt: {
    label: 'Encrypted, server not verified',
    hint: 'Traffic cannot be read in transit, but any server is trusted: an impostor would receive your password.',
  },
  disable: {
    label: 'Not encrypted',
    hint: 'Anyone on the network path can read the traffic. Use this only for servers on this computer.',
  },
};

const colorLabel: Record<DataSourceColor, string> = {
  gray: 'Grey',
  blue: 'Blue',
  teal: 'Teal',
  green: 'Green',
  yellow: 'Yellow',
  orange: 'Orange',
  red: 'Red',
  grape: 'Purple',
};

/** `TLSv1.3, certificate and host name verified`. */
function tlsSummary(tls: TlsState): string {
  if (!tls.active) return 'Not encrypted';
  const verified = {
    full: 'certificate and host name verified',
    ca: 'certificate verified, host name not verified',
    none: 'server not verified',
  }[tls.verified];
  return `${tls.protocol}, ${verified}`;
}

const rowsPrefix: Record<RowCount['accuracy'], string> = {
  exact: '',
  estimate: '~',
  'at-least': 'at least ',
};

/** `User (8 columns • 3 rows)`; an estimate reads `~1,234 rows`, and an unknown row count is left out. */
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
  steps: { kind: 'Type', details: 'Details', test: 'Test', save: 'Save' },
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
  discardTitle: 'Discard changes?',
  discardMessage: 'This data source has unsaved changes.',
  discard: 'Discard',
  keepEditing: 'Keep editing',

  kindQuestion: 'What do you want to connect to?',
  postgres: 'PostgreSQL',
  postgresMessage: 'Your own server, version 12 or later, local or remote.',
  demo: 'Demo database',
  demoAction: 'Use demo database',
  demoMessage:
    'A real PostgreSQL server with sample data on this computer. It needs no set-up and works offline.',
  demoPreparing: 'Preparing the demo database…',
  demoCancelled: 'Cancelled. You can start it again at any time.',

  connectionText: {
    label: 'Connection URL or string',
    placeholder: 'postgresql://user:password@host:5432/database',
    hint: 'A URL, a JDBC or .NET string, a psql command or a line from an .env file. The field is cleared once it has been read.',
    fill: 'Fill in',
    readAs: (form: string) => `Read as ${form}.`,
    leftOut: (names: readonly string[], reason: string) => `Left out: ${names.join(', ')} (${reason}).`,
    undo: 'Undo',
    misplaced: 'This looks like a connection string. Paste it into “Connection URL or string” above.',
  },
  suggestedName: (database: string, host: string) => (database === '' ? host : `${database} on ${host}`),

  name: 'Name',
  namePlaceholder: 'Shown in the list',
  host: 'Host',
  port: 'Port',
  database: 'Database',
  user: 'User',
  password: 'Password',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  passwordStored: 'Saved — leave empty to keep it',
  passwordNone: 'None',
  passwordDrop: 'Remove saved password',
  passwordKeep: 'Keep saved password',
  passwordDropped: 'The saved password will be removed when you save.',
  passwordMoves: 'It was saved for another address. Mooring will ask you before sending it to this one.',
  passwordWanted: 'Enter the password.',
  passwordTyped: 'It will be encrypted and saved in the vault.',
  passwordHeld: 'It will be kept in memory until you quit Mooring.',
  demoLocked: 'The demo database manages its own address and password.',
  security: 'TLS mode',
  tlsMode,
  authority: 'CA certificates (PEM)',
  authorityHint: 'Leave empty to use the CA certificates that this computer trusts.',
  authorityRequired: 'Paste the CA certificate, or select the file from your administrator.',
  authorityPick: 'Select file…',
  authorityClear: 'Clear',
  authorityTooLarge: 'The limit is 512 KB. Enter only the CA certificates you need.',
  authorityUnreadable: 'The file could not be read. Select another file.',
  color: 'Colour',
  colorLabel,
  environment: 'Environment',
  readOnly: 'Read-only',
  readOnlyHint: 'Every session is opened read-only to prevent accidental changes.',
  advanced: 'Pool and time-outs',
  poolMin: 'Minimum connections',
  poolMax: 'Maximum connections',
  idleSeconds: 'Close idle connections after',
  acquireSeconds: 'Wait for a connection',
  leakWarningSeconds: 'Report leaked connections after',
  leakReclaimSeconds: 'Close leaked connections after',
  connectSeconds: 'Connection time-out',
  querySeconds: 'Query time-out',
  idleInTransactionSeconds: 'Idle transaction time-out',
  advancedHint: {
    poolMin: '0 keeps none open.',
    poolMax: 'The server never sees more.',
    idleSeconds: 'Only those above the minimum.',
    acquireSeconds: 'Requests that wait longer fail.',
    leakWarningSeconds: 'Longer use is written to the log.',
    leakReclaimSeconds: 'Work on the connection then fails.',
    connectSeconds: 'Includes look-up, TLS and log-in.',
    querySeconds: 'The server then cancels the query.',
    idleInTransactionSeconds: 'The transaction is then rolled back.',
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
  testCancel: 'Cancel test',
  copyReport: 'Copy report',
  stagesList: 'Test stages',
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
    server === client ? server : `${server} (client ${client})`,
  notKnown: 'Unknown',
  readWrite: 'Read and write',
  readOnlyAccess: 'Read-only',
  readOnlyButServer: 'Read-only, but this user can write files and run programs on the server',
  superuser: (user: string) => `${user} (superuser)`,
  tlsSummary,
  tlsPlainWarning: 'The connection is not encrypted.',
  tlsUncheckedWarning: 'The connection is encrypted, but the server was not verified.',
  previewTitle: (schema: string, count: number) =>
    `${schema} — ${plural(count, 'table or view', 'tables and views')}`,
  previewEmpty: 'No tables or views yet',
  previewEmptySchema: (schema: string) => `No tables or views in ${schema}`,
  previewNoSchema: 'No schema in the search path exists',
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
