import type { ErrorDto } from '../../shared/errors/errorDto.ts';
import type { ConnectionProfile } from '../../shared/model/connectionProfile.ts';
import type { DataSourceColor } from '../../shared/model/dataSource.ts';
import type { RowCount } from '../../shared/model/schemaTree.ts';
import type { SchemaPreview } from '../../shared/model/testReport.ts';
import { formatCount, plural } from '../lib/format.ts';

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

/** What a server has, as people call it: one, several, and after `No`. */
export interface PreviewNouns {
  readonly one: string;
  readonly many: string;
  readonly no: string;
}

const tables: PreviewNouns = { one: 'table or view', many: 'tables and views', no: 'tables or views' };
const resources: PreviewNouns = { one: 'resource', many: 'resources', no: 'resources' };

/** `12,000 tables and views in 20 other schemas: s0 (600), s1 (600) and 18 more`. */
function previewElsewhere(preview: SchemaPreview, { one, many }: PreviewNouns): string {
  const { otherSchemas, otherSchemaCount, otherRelationCount } = preview;
  const where = plural(otherSchemaCount, 'other schema', 'other schemas');
  const names = otherSchemas.map(({ name, relationCount }) => `${name} (${formatCount(relationCount)})`);
  const moreCount = otherSchemaCount - names.length;
  const more = moreCount > 0 ? ` and ${formatCount(moreCount)} more` : '';
  return `${plural(otherRelationCount, one, many)} in ${where}: ${names.join(', ')}${more}`;
}

export const wizardText = {
  newTitle: 'New data source',
  editTitle: (name: string) => `Edit “${name}”`,
  progress: 'Progress',
  steps: { kind: 'Type', details: 'Details', test: 'Test', save: 'Save' },
  stepStatus: { done: 'done', failed: 'failed', running: 'in progress' },
  sections: {
    address: 'General',
    authentication: 'Authentication',
    encryption: 'Encryption',
    network: 'Network',
    session: 'Session',
    requests: 'Requests',
    resources: 'Resources',
    limits: 'Limits',
    labels: 'Labels',
  },
  /** Above fields that are folded away, by the key of their section. */
  moreOf: { encryption: 'Client certificate and TLS options' } as Readonly<Record<string, string>>,
  more: 'More',
  back: 'Back',
  test: 'Test connection',
  save: 'Save',
  saveAndConnect: 'Save and connect',
  discardTitle: 'Discard changes?',
  discardMessage: 'This data source has unsaved changes.',
  discard: 'Discard',
  keepEditing: 'Keep editing',

  kindQuestion: 'What do you want to connect to?',
  importAction: 'Import…',
  importMessage: 'Data sources from a file of Mooring, DBeaver, DataGrip, TablePlus or another program.',
  demo: 'Demo database',
  demoAction: 'Use demo database',
  demoMessage:
    'A real PostgreSQL server with sample data on this computer. It needs no set-up and works offline.',
  demoApiAction: 'Use demo API',
  demoApiMessage: 'A REST API over the same sample data on this computer, with an OpenAPI document.',
  demoApiPreparing: 'Preparing the demo API…',
  demoPreparing: 'Preparing the demo database…',
  demoCancelled: 'Cancelled. You can start it again at any time.',

  connectionText: {
    label: 'Connection URL or string',
    fill: 'Fill in',
    readAs: (form: string) => `Read as ${form}.`,
    leftOut: (names: readonly string[], reason: string) => `Left out: ${names.join(', ')} (${reason}).`,
    undo: 'Undo',
    /** What a text refers to by a name was read from a file. */
    fromProfile: ({ path, hasSecrets }: ConnectionProfile) => [
      `Settings that the text does not give are from ${path}.`,
      ...(hasSecrets
        ? ['The password in that file was not taken over: enter it, or import the file instead.']
        : []),
    ],
    noProfile: ({ title, detail, fixes }: ErrorDto) => ({
      message: title,
      hint: [...detail.split('\n'), ...fixes.slice(0, 1)].filter((line) => line !== '').join(' '),
    }),
    otherEngine: (read: string, own: string) => ({
      message: `This is the address of a ${read} server`,
      hint: `This data source is for ${own}. Add a new one for the other server.`,
    }),
    misplaced: 'This looks like a connection string. Paste it into “Connection URL or string” above.',
  },

  name: 'Name',
  namePlaceholder: 'Shown in the list',
  secret: {
    show: (label: string) => `Show ${label.toLowerCase()}`,
    hide: (label: string) => `Hide ${label.toLowerCase()}`,
    stored: 'Saved — leave empty to keep it',
    none: 'None',
    drop: 'Remove saved password',
    keep: 'Keep saved password',
    dropped: 'The saved password will be removed when you save.',
    moves: 'It was saved for another address. Mooring will ask you before sending it to this one.',
    wanted: (label: string) => `Enter the ${label.toLowerCase()}.`,
    typed: 'It will be encrypted and saved in the vault.',
    held: 'It will be kept in memory until you quit Mooring.',
  },
  signIn: {
    start: 'Sign in…',
    again: 'Sign in again…',
    running: 'Continue in your browser.',
    done: 'Signed in.',
    doneUntil: (moment: string) => `Signed in until ${moment}.`,
    stored: 'Signed in.',
    dropped: 'The saved sign-in will be removed when you save.',
    none: 'Not signed in.',
    keep: 'Keep saved sign-in',
    drop: 'Remove saved sign-in',
    wanted: 'Sign in first.',
  },
  demoLocked: 'The demo database manages its own address and password.',
  demoApiLocked: 'The demo API manages its own address and key.',
  authority: {
    pick: 'Select file…',
    clear: 'Clear',
    follow: 'Follow a file',
    enter: 'Enter certificates instead',
    tooLarge: 'The limit is 512 KB. Enter only the CA certificates you need.',
    unreadable: 'The file could not be read. Select another file.',
  },
  hops: {
    name: (number: number) => `SSH server ${number}`,
    reaches: 'reached from this computer',
    through: (number: number) => `reached through server ${number}`,
    add: 'Add SSH server',
    remove: (number: number) => `Remove SSH server ${number}`,
    up: (number: number) => `Move SSH server ${number} up`,
    down: (number: number) => `Move SSH server ${number} down`,
  },
  file: { choose: 'Choose…' },
  hosts: {
    host: (number: number) => `Host ${number}`,
    port: (number: number) => `Port of host ${number}`,
    add: 'Add host',
    remove: (number: number) => `Remove host ${number}`,
    up: (number: number) => `Move host ${number} up`,
  },
  color: 'Colour',
  colorLabel,
  environment: 'Environment',
  readOnly: 'Read-only',
  readOnlyHint: 'Every session is opened read-only to prevent accidental changes.',
  advanced: 'Pool and time-outs',
  advancedWithoutPool: 'Time-outs',
  poolMin: 'Minimum connections',
  poolMax: 'Maximum connections',
  idleSeconds: 'Close idle connections after',
  acquireSeconds: 'Wait for a connection',
  leakWarningSeconds: 'Report leaked connections after',
  leakReclaimSeconds: 'Close leaked connections after',
  connectSeconds: 'Connection time-out',
  querySeconds: 'Query time-out',
  idleInTransactionSeconds: 'Idle transaction time-out',
  slowSeconds: 'Slow query threshold',
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
    slowSeconds: 'Longer ones are marked and logged. 0: none.',
  },
  /** In the place of the words above, for engines whose work is single requests. */
  ofRequests: {
    advancedWithoutPool: 'Requests at once and time-outs',
    poolMax: 'Requests at once',
    querySeconds: 'Request time-out',
    slowSeconds: 'Slow request threshold',
    advancedHint: {
      poolMax: 'The API never sees more.',
      connectSeconds: 'Includes look-up and TLS.',
      querySeconds: 'With its answer and its retries.',
    },
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
  stageOutcome: {
    waiting: 'waiting',
    running: 'running',
    ok: 'done',
    skipped: 'not needed',
    failed: 'failed',
    stopped: 'stopped',
  },
  tlsPlainWarning: 'The connection is not encrypted.',
  tlsUncheckedWarning: 'The connection is encrypted, but the server was not verified.',
  previewNouns: { tables, resources },
  previewTitle: (schema: string, count: number, { one, many }: PreviewNouns) =>
    `${schema} — ${plural(count, one, many)}`,
  previewEmpty: ({ no }: PreviewNouns) => `No ${no} yet`,
  previewEmptySchema: (schema: string, { no }: PreviewNouns) => `No ${no} in ${schema}`,
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
