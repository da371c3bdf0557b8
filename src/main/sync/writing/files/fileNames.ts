import { extname } from 'node:path';
import type { PipelineFileFormat } from '../../../../shared/model/pipelines.ts';
import { AppError } from '../../../base/AppError.ts';

/** With what stands behind it until it is written, a name stays below the 255 bytes of file systems. */
const maxNameBytes = 200;
/** Characters of a run's id that tell it apart in a name. */
const shownRunLength = 8;

const extensions: Readonly<Record<PipelineFileFormat['type'], string>> = {
  csv: '.csv',
  ndjson: '.ndjson',
  parquet: '.parquet',
};

/** What some system does not take in a name: separators, wildcards, control characters. */
const forbidden = /[<>:"/\\|?*\p{Cc}]/u;
/** Names of devices on Windows, with any ending. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

export interface FileNaming {
  /** As the pipeline has it: without an ending, with `{date}`, `{time}` and `{run}`. */
  readonly pattern: string;
  readonly format: PipelineFileFormat['type'];
  /** The time that stands for the run, in milliseconds since the epoch. */
  readonly namedAt: number;
  /** Of the IANA. */
  readonly timeZone: string;
  readonly runId: string;
}

/** Whether each run has a file of its own, so that none takes the place of another one's. */
export const isDated = (pattern: string): boolean => pattern.includes('{');

/**
 * The name of a run's file, the same in each of its attempts: `orders-{date}` is `orders-2026-11-30.csv`.
 * @throws PIPELINE_INVALID for one that some system does not take
 */
export function fileNameOf({ pattern, format, namedAt, timeZone, runId }: FileNaming): string {
  const { date, time } = localTime(namedAt, timeZone);
  const values: Readonly<Record<string, string>> = { date, time, run: runId.slice(0, shownRunLength) };
  const name = pattern.replace(/\{(\w*)\}/g, (whole, key: string) => values[key] ?? whole);
  const problem = problemOf(name);
  if (problem !== null) throw invalidName(pattern, problem);
  return `${name}${extensions[format]}`;
}

/** The name with a number, for a file whose name another run has taken: `orders-2026-11-30-2.csv`. */
export function numberedName(fileName: string, number: number): string {
  const extension = extname(fileName);
  return `${fileName.slice(0, fileName.length - extension.length)}-${number}${extension}`;
}

/** As `2026-11-30` and `07-00-00`: no system takes a colon everywhere. */
function localTime(namedAt: number, timeZone: string): { readonly date: string; readonly time: string } {
  const parts = new Map(
    formatIn(timeZone)
      .formatToParts(namedAt)
      .map(({ type, value }) => [type, value]),
  );
  const joined = (...types: readonly Intl.DateTimeFormatPartTypes[]): string =>
    types.map((type) => parts.get(type) ?? '').join('-');
  return { date: joined('year', 'month', 'day'), time: joined('hour', 'minute', 'second') };
}

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const twoDigits = '2-digit';
  try {
    return new Intl.DateTimeFormat('en', {
      ...{ year: 'numeric', month: twoDigits, day: twoDigits },
      ...{ hour: twoDigits, minute: twoDigits, second: twoDigits, hourCycle: 'h23' },
      ...{ calendar: 'gregory', numberingSystem: 'latn', timeZone },
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new AppError('PIPELINE_INVALID', {
      title: `There is no time zone “${timeZone}”`,
      fixes: ['Choose the time zone of the schedule again.'],
      cause: error,
    });
  }
}

function problemOf(name: string): string | null {
  const [character] = forbidden.exec(name) ?? [];
  if (character !== undefined)
    return `It contains a character that is not allowed in file names: ${shown(character)}`;
  if (/[{}]/.test(name)) return 'Only {date}, {time} and {run} are replaced; it contains another brace.';
  if (/^[.\s]|\s$/.test(name)) return 'It begins with a dot or a blank, or ends with a blank.';
  if (device.test(name)) return 'On Windows it is the name of a device.';
  if (Buffer.byteLength(name) > maxNameBytes) return `It is longer than ${maxNameBytes} bytes.`;
  return null;
}

const shown = (character: string): string =>
  /\p{Cc}/u.test(character) ? 'a control character.' : `${character}`;

const invalidName = (pattern: string, detail: string): AppError =>
  new AppError('PIPELINE_INVALID', {
    title: `“${pattern}” cannot be the name of a file`,
    detail,
    fixes: ['Choose another name in the destination of the pipeline.'],
  });
