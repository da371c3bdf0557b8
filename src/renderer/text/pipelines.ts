import type { LogicalType } from '../../shared/model/columnTypes.ts';
import type { Run, RunReason, RunState } from '../../shared/model/runs.ts';
import { formatCount, formatMoment, plural } from '../lib/format.ts';

const states: Record<RunState, string> = {
  waiting: 'Waiting',
  running: 'Running',
  interrupted: 'Interrupted',
  paused: 'Paused',
  succeeded: 'Succeeded',
  failed: 'Failed',
  cancelled: 'Cancelled',
  skipped: 'Skipped',
};

const phases: Record<Run['progress']['phase'], string> = {
  waiting: 'Waiting for a connection',
  opening: 'Opening the connections',
  copying: 'Copying rows',
  finishing: 'Finishing',
};

const rows = (count: number): string => plural(count, 'row', 'rows');

function reason(of: RunReason): string {
  switch (of.type) {
    case 'schedule':
      return `By schedule, for ${formatMoment(of.slot)}`;
    case 'missed':
      return `In place of ${plural(of.missedCount, 'missed run', 'missed runs')}, the last for ${formatMoment(of.slot)}`;
    case 'hand':
      return 'By hand';
    case 'again':
      return 'By hand, from the beginning';
    case 'after':
      return 'After another pipeline';
  }
}

/** How long something takes, as short as it gets: `8 s`, `3 min`, `2 h 5 min`. */
export function roughDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${formatCount(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}

/** A type in no engine's words: `decimal(12, 2)`, `timestamp with time zone`. */
export function typeText(type: LogicalType): string {
  switch (type.type) {
    case 'integer':
      return `${type.bits}-bit integer${type.isUnsigned ? ', unsigned' : ''}`;
    case 'decimal':
      return type.precision === null ? 'decimal' : `decimal(${type.precision}, ${type.scale ?? 0})`;
    case 'float':
      return `${type.bits}-bit float`;
    case 'text':
    case 'binary':
      return type.length === null ? type.type : `${type.type}(${formatCount(type.length)})`;
    case 'time':
    case 'timestamp':
      return type.isZoned ? `${type.type} with time zone` : type.type;
    case 'other':
      return type.name;
    default:
      return type.type;
  }
}

/** Words of the list of pipelines, and of what is done with one. */
export const pipelinesText = {
  title: 'Pipelines',
  list: 'Pipelines',
  create: 'New pipeline',
  import: 'Import…',
  search: 'Find a pipeline',
  columns: {
    name: 'Name',
    way: 'Source → destination',
    state: 'State',
    last: 'Last run',
    rows: 'Rows',
    duration: 'Duration',
    next: 'Next run',
    recent: 'Recent',
    enabled: 'Schedule',
    run: 'Run',
  },
  states,
  neverRun: 'Never run',
  problem: 'Cannot run',
  way: (source: string, destination: string) => `${source} → ${destination}`,
  off: 'Off',
  byHand: 'By hand',
  enable: (name: string) => `Schedule of ${name}`,
  after: 'After another',
  recent: (text: string) => `Recent runs, oldest first: ${text}`,
  recentRun: (state: RunState, duration: string, count: number) =>
    `${states[state].toLowerCase()} in ${duration}, ${rows(count)}`,
  count: (count: number) => plural(count, 'pipeline', 'pipelines'),
  empty: {
    title: 'No pipelines yet',
    message:
      'A pipeline copies a table, a query or an API resource into a table or a file: now, or on a schedule.',
  },
  noMatch: (search: string) => `No pipeline is called “${search}”`,
  clearSearch: 'Clear search',
  run: 'Run now',
  runAgain: 'Run from the beginning',
  open: 'Show runs',
  edit: 'Edit',
  duplicate: 'Duplicate',
  turnOn: 'Turn schedule on',
  turnOff: 'Turn schedule off',
  export: 'Export…',
  remove: 'Delete…',
  copyName: (name: string, number: number) => (number === 1 ? `${name} (copy)` : `${name} (copy ${number})`),
  exported: (fileName: string) => `Saved as ${fileName}`,
  removeQuestion: {
    title: (name: string) => `Delete the pipeline “${name}”?`,
    message: 'Its history goes with it. Rows and files that it has written stay.',
    running: 'A run is under way and will be cancelled. Rows and files that were written stay.',
    confirm: 'Delete pipeline',
  },
  removed: (name: string) => `Deleted “${name}”`,
  undo: 'Undo',
  againQuestion: {
    title: (name: string) => `Run “${name}” from the beginning?`,
    message: 'Everything is read again, not only what is new. A destination that appends gets rows twice.',
    confirm: 'Run from the beginning',
  },
  gone: { title: 'This pipeline was deleted', message: 'Its runs went with it.' },
  segments: { runs: 'Runs', setup: 'Set-up' },
  segmentLabel: 'What is shown of the pipeline',
  more: 'More',
};

/** Words of runs. */
export const runsText = {
  list: 'Runs, newest first',
  detail: 'Selected run',
  title: (moment: string) => `Run of ${moment}`,
  empty: {
    title: 'It has not run yet',
    message: 'Its runs will be listed here, with what they have read and written.',
  },
  phases,
  reason,
  rows,
  retry: (attempt: number, moment: string) => `Attempt ${formatCount(attempt)} begins at ${moment}`,
  interrupted: 'Its worker is gone. It goes on from the last rows that were written.',
  paused: 'Nothing is lost: it goes on from the last rows that were written.',
  waiting: 'It begins when a worker is free.',
  figures: {
    read: 'Read',
    written: 'Written',
    rejected: 'Rejected',
    bytes: 'Size',
    rate: 'Rate',
    left: 'Time left',
    duration: 'Duration',
  },
  rate: (rate: number) => `${formatCount(rate)} rows/s`,
  progress: 'Progress',
  progressOf: (read: number, total: number) => `${formatCount(read)} of about ${rows(total)}`,
  facts: {
    reason: 'Begun',
    queued: 'Asked for',
    started: 'Started',
    ended: 'Ended',
    worker: 'Worker',
    attempt: 'Attempt',
    replaced: 'Rows of the table',
    deleted: 'Marked as deleted',
    watermark: 'Read up to',
    added: 'Columns added',
    file: 'File',
    rejects: 'Rejected rows',
  },
  replaced: (before: number, after: number) => `${formatCount(before)} → ${rows(after)}`,
  emptied: (before: number) =>
    `The source had no rows, so the table was emptied: ${formatCount(before)} → 0 rows.`,
  showFile: 'Show in folder',
  showFileOf: (fileName: string) => `Show in folder: ${fileName}`,
  pause: 'Pause',
  resume: 'Resume',
  cancel: 'Cancel run',
  runAgain: 'Run again',
  fromBeginning: 'Run from the beginning',
  log: 'Log of the run',
  noLog: 'Nothing was written down.',
  levels: { info: 'Info', warn: 'Warning', error: 'Error' },
  announce: (state: RunState) => `Run: ${states[state].toLowerCase()}`,
};

/** Words of their page in the settings. */
export const pipelineSettingsText = {
  heading: 'Pipelines',
  message: 'Runs execute in a separate process while Mooring is open.',
  concurrency: 'Runs at the same time',
  concurrencyHint: 'Others wait for their turn. Connections are taken from the limits of the data sources.',
  keptRuns: 'Runs kept of each pipeline',
  keptRunsHint: 'Older ones are forgotten, with their logs.',
  backgroundHeading: 'In the background',
  startsAtLogin: 'Start Mooring when I log in',
  startsAtLoginHint: 'Without its window, so that schedules hold from the start of the day.',
  hasTray: 'Stay in the tray when the window is closed',
  hasTrayHint: 'Pipelines run on. Quit Mooring from the icon or the menu.',
  range: (min: number, max: number) => `From ${formatCount(min)} to ${formatCount(max)}`,
};
