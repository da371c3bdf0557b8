import type { ParameterValue, Risk } from '../../shared/model/query.ts';
import { formatDuration, plural } from '../lib/format.ts';

const rows = (count: number): string => plural(count, 'row', 'rows');

const parameterTypes: Record<ParameterValue['type'], string> = {
  text: 'Text',
  number: 'Number',
  boolean: 'Boolean',
  null: 'NULL',
};

const consequences: Record<Risk, string> = {
  'every-row': 'affects every row of the table',
  drop: 'drops objects for good',
  'production-write': 'changes data or definitions on production',
};

/** `3 done, 1 failed, 2 not run`; what is zero is left out. */
const outcome = (counts: {
  readonly done: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly 'not-run': number;
}): string =>
  [
    [counts.done, 'done'],
    [counts.failed, 'failed'],
    [counts.cancelled, 'cancelled'],
    [counts['not-run'], 'not run'],
  ]
    .filter(([count]) => count !== 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ');

/** What the server did, in one line. */
function ended(line: {
  readonly command: string | null;
  readonly affectedCount: number | null;
  readonly rowCount: number | null;
  readonly isLimited: boolean;
  readonly fileName: string | null;
}): string {
  const { command, affectedCount, rowCount, isLimited, fileName } = line;
  const count = rowCount ?? affectedCount;
  return [
    command ?? 'Done',
    count === null ? null : `${rows(count)}${rowCount === null ? ' affected' : ''}`,
    isLimited ? 'stopped at the row limit' : null,
    fileName === null ? null : `written to ${fileName}`,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

/** The words of the query tab. */
export const queryText = {
  editor: 'SQL',
  results: 'Results',
  divider: 'Height of the editor',
  placeholder: 'Write SQL here.',

  bar: 'Query',
  run: 'Run',
  runMenu: 'Run options',
  runHere: 'Run statement or selection',
  runAll: 'Run all',
  runFromHere: 'Run from cursor',
  explain: 'Explain statement or selection',
  runToFile: 'Run and save to a file…',
  cancel: 'Cancel',
  stopWaiting: 'Stop now',
  running: (durationMs: number) => formatDuration(durationMs),
  format: 'Format SQL',
  open: 'Open file…',
  save: 'Save file',
  saveAs: 'Save file as…',
  history: 'History',
  newPipeline: 'Copy with a pipeline…',
  more: 'More',
  goTo: 'Go to relation',
  find: 'Find and replace',

  source: {
    label: 'Data source',
    none: 'Choose a data source',
    search: 'Find',
    noMatch: 'No data source found',
    empty: 'No data sources yet',
  },

  settings: {
    onError: 'On error',
    stop: 'Stop',
    continue: 'Continue with the next statement',
    timeout: 'Time-out',
    timeoutDefault: 'As set for the data source',
    timeoutOf: (durationMs: number) =>
      durationMs < 60_000 ? `${durationMs / 1_000} s` : plural(durationMs / 60_000, 'minute', 'minutes'),
    timeoutNever: 'One day',
    rowLimit: 'Row limit',
    noLimit: 'No limit',
    limitOf: rows,
  },

  transaction: {
    mode: 'Commit mode',
    auto: 'Auto-commit',
    manual: 'Manual commit',
    autoHint: 'Each statement is committed when it has run.',
    manualHint: 'Statements run in a transaction until you commit or roll back.',
    open: 'Transaction open',
    failed: 'Transaction failed',
    failedHint: 'The server refuses every statement until the transaction is rolled back.',
    commit: 'Commit',
    rollback: 'Roll back',
    holds: {
      transaction: 'an open transaction',
      'temporary-table': 'temporary tables',
      setting: 'changed settings',
      listening: 'LISTEN',
      lock: 'locks',
      prepared: 'prepared statements',
    },
    lent: 'Session not kept',
    lentHint:
      'A pooler lends each transaction a session of the server. Temporary tables, SET, LISTEN, prepared statements and locks are lost after it: run what belongs together in one transaction.',
    session: 'Session kept',
    holding: (things: readonly string[], backendId: number | null) =>
      `This tab keeps its own session${backendId === null ? '' : ` (${backendId})`} because of ${things.join(', ')}.`,
    endSession: 'End the session',
    endSessionHint: (things: readonly string[]) =>
      `Gives the connection back. Lost with it: ${things.join(', ')}.`,
    endTransactionFirst: 'Commit or roll back first.',
  },

  strip: 'Results and messages',
  messages: 'Messages',
  result: (position: number) => `Result ${position}`,
  resultOf: (time: string) => `Result of ${time}`,
  rows,
  rowsSoFar: (count: number) => `${rows(count)} so far`,
  limited: (count: number) => `${rows(count)}, stopped at the row limit`,
  duration: formatDuration,
  pin: 'Pin result',
  unpin: 'Unpin result',
  pinned: 'Pinned',
  togglePin: 'Pin or unpin result',
  closeResult: 'Close result',
  ranAt: (time: string) => `Run at ${time}`,
  outcome,
  ended,
  noColumns: (count: number) => `${rows(count)} of no column`,
  noColumnsMessage: 'The statement returned rows without columns.',
  nothingYet: 'No results yet',
  nothingYetMessage: (shortcut: string) => `${shortcut} runs the statement at the cursor.`,
  nothingToRun: 'There is no statement here',
  nothingToRunDetail: 'The text holds no SQL statement at the cursor or in the selection.',
  noMessages: 'No messages',
  noMessagesMessage: 'Notices, row counts and errors of each run appear here.',
  copyMessages: 'Copy messages',
  lostTitle: 'The session of this tab ended',
  dismiss: 'Dismiss',
  notification: (channel: string, backendId: number) =>
    `Notification on ${channel} from session ${backendId}`,
  detail: (text: string) => `Detail: ${text}`,
  hint: (text: string) => `Hint: ${text}`,
  place: (line: number, column: number) => `Line ${line}, column ${column}`,
  showPlace: 'Show in the editor',
  statementOf: (position: number, count: number) => `Statement ${position} of ${count}`,
  olderResults: (count: number) => `${count} earlier`,
  newerResults: (count: number) => `${count} more`,

  parameters: {
    title: 'Parameters',
    types: parameterTypes,
    valueOf: (name: string) => `Value of ${name}`,
    typeOf: (name: string) => `Type of ${name}`,
    true: 'true',
    false: 'false',
    notANumber: 'Not a number',
    hint: 'Values are bound, never inserted into the text. They are remembered while this tab is open.',
    run: 'Run',
  },

  risks: {
    title: (count: number, source: string) =>
      count === 1 ? `Run this statement on ${source}?` : `Run these ${count} statements on ${source}?`,
    consequences,
    note: (listed: number, all: number) =>
      all > listed ? `All ${all} statements of this run wait for your answer.` : null,
    more: (count: number) => `and ${count} more`,
    run: 'Run',
    statements: 'Statements',
  },

  closing: {
    transactionTitle: (title: string) => `Close “${title}” with an open transaction?`,
    transactionMessage: 'What this transaction has changed is lost unless it is committed.',
    failedMessage: 'The transaction has failed. It can only be rolled back.',
    commit: 'Commit and close',
    rollback: 'Roll back and close',
    keep: 'Keep open',
    fileTitle: (name: string) => `Save changes to ${name}?`,
    fileMessage: 'The file does not have the latest changes of this tab.',
    save: 'Save and close',
    discard: 'Close without saving',
    replaceFile: 'Replace the file',
    switchTitle: 'Change the data source with an open transaction?',
    switchCommit: 'Commit and change',
    switchRollback: 'Roll back and change',
  },

  savedToFile: (name: string, rowCount: number) => `${rows(rowCount)} saved to ${name}`,
  savingQuery: 'Saving query result',
  runningIn: (tab: string) => `Running ${tab}`,
  fileSaved: (name: string) => `Saved ${name}`,
  formatFailed: 'The SQL could not be formatted',
  formatFailedDetail: 'It holds something that the formatter cannot read. The text is unchanged.',

  /** By the words that the editor itself has. */
  searchPanel: {
    next: 'Next',
    previous: 'Previous',
    all: 'Select all',
    'match case': 'Match case',
    regexp: 'Regular expression',
    'by word': 'Whole words',
    replace: 'Replace',
    'replace all': 'Replace all',
  },
  completion: {
    schema: 'schema',
    cte: 'common table expression',
    alias: 'alias',
    keyword: 'keyword',
    type: 'type',
  },
  nullable: 'null',
  notNull: 'not null',
  primaryKey: 'primary key',

  historyTab: {
    list: 'Statements that ran',
    search: 'Find in statements',
    clear: 'Clear history…',
    clearTitle: 'Clear the history?',
    clearMessage: 'All statements that were recorded are deleted. This cannot be undone.',
    clearConfirm: 'Clear history',
    open: 'Open in new tab',
    copy: 'Copy statement',
    refresh: 'Refresh',
    empty: 'No statements yet',
    emptyMessage: 'Each statement that runs is recorded here with its outcome.',
    noMatch: 'No statements found',
    noMatchMessage: 'Try another search or another data source.',
    outcome: { done: 'Done', failed: 'Failed', cancelled: 'Cancelled' },
    pick: 'Nothing selected',
    pickMessage: 'Select a statement to see all of it.',
  },
};
