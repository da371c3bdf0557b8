import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/FakeClock.ts';
import type { LogBatch, LogFilter, LogLine } from '../../../shared/model/log.ts';
import { AppError } from '../../base/AppError.ts';
import { neverAborted } from '../../base/abort.ts';
import { withCorrelation } from '../correlation.ts';
import { FileLog } from './FileLog.ts';
import { maxLogFileBytes } from './LogFiles.ts';

const dayMs = 24 * 60 * 60 * 1_000;
const callId = '0b7f6f2e-7c7f-4d8a-9a77-6a0a3c1f8f10';
const sourceId = '5f0d6c6e-2f5c-4d7b-8f0a-3f1f0a6b7c8d';
const all: LogFilter = { level: 'debug', scope: null, sourceId: null, correlationId: null, text: '' };

let folder: string;
let clock: FakeClock;
let log: FileLog;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mooring-log-'));
  clock = new FakeClock();
  log = new FileLog(folder, clock);
});

afterEach(() => rmSync(folder, { recursive: true }));

const written = () => readFileSync(log.path, 'utf8');
const lines = () =>
  written()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const fileNames = () => readdirSync(folder).sort();

/** The first batch that the window gets. */
async function newest(filter: Partial<LogFilter> = {}, limit = 100) {
  for await (const batch of log.tail({ ...all, ...filter }, limit, neverAborted)) {
    if (batch.type === 'page') return batch.page;
  }
  throw new Error('There was no page.');
}

const messages = (found: readonly LogLine[]) => found.map(({ message }) => message);

describe('what is written', () => {
  it('is one JSON object a line, with scope and the correlation id of the running call', async () => {
    await withCorrelation(callId, async () => {
      await Promise.resolve();
      log.logger.scope('pool').info('connected', { durationMs: 12 });
    });
    log.logger.warn('two\nlines %s %o');
    expect(lines()).toMatchObject([
      { level: 'info', scope: 'pool', correlationId: callId, message: 'connected', durationMs: 12 },
      { level: 'warn', scope: null, correlationId: null, message: 'two\nlines %s %o' },
    ]);
  });

  it('hides every field that is not on the allow-list', () => {
    log.logger.info('saved', { dataSourceId: 'x', userName: 'correct horse' });
    expect(written()).not.toContain('correct horse');
  });

  it('hides credentials in the messages and causes of errors', () => {
    const driverError = new Error(
      'cannot reach postgres://ann:hunter2@db/x with password="hunter2 and more"',
    );
    log.logger.error('failed', {}, new AppError('CONNECTION_LOST', { title: 'lost', cause: driverError }));
    expect(written()).not.toContain('hunter2');
    expect(lines()[0]).toMatchObject({ error: { code: 'CONNECTION_LOST', cause: { name: 'Error' } } });
  });

  it('is for its owner only', () => {
    log.logger.info('hello');
    expect(statSync(log.path).mode & 0o777).toBe(0o600);
  });

  it('depends on the level of the module, and where it has none on that of what it is a part of', () => {
    log.setLevels({ level: 'warn', scopes: { pool: 'debug', 'pool.loans': 'error' } });
    const pool = log.logger.scope('pool');
    log.logger.info('left out');
    pool.scope('scaler').debug('of a part');
    pool.scope('loans').warn('left out');
    log.logger.scope('poolish').info('left out');
    pool.scope('loans').error('grave');
    expect(lines().map(({ message }) => message)).toEqual(['of a part', 'grave']);
    log.setLevels({ level: 'info', scopes: {} });
    pool.debug('left out');
    log.logger.info('back');
    expect(lines().at(-1)).toMatchObject({ message: 'back' });
    expect(log.scopes).toEqual(['pool', 'pool.loans', 'pool.scaler', 'poolish']);
  });
});

describe('the files', () => {
  it('are closed when they are large, and the oldest is dropped', () => {
    for (let time = 1; time <= 8; time += 1) {
      log.logger.info(`file ${time}`);
      appendFileSync(log.path, `${'x'.repeat(maxLogFileBytes)}\n`);
    }
    log.logger.info('last');
    expect(fileNames()).toEqual([
      'mooring.1.log',
      'mooring.2.log',
      'mooring.3.log',
      'mooring.4.log',
      'mooring.5.log',
      'mooring.log',
    ]);
    expect(lines()).toMatchObject([{ message: 'last' }]);
    expect(readFileSync(join(folder, 'mooring.5.log'), 'utf8')).toContain('file 4');
  });

  it('are closed when their first line is a week old, in a later run as well', async () => {
    log.logger.info('first');
    await clock.advance(7 * dayMs - 1);
    log.logger.info('second');
    log = new FileLog(folder, clock);
    await clock.advance(1);
    log.logger.info('third');
    log.logger.info('fourth');
    expect(lines().map(({ message }) => message)).toEqual(['third', 'fourth']);
    expect(fileNames()).toEqual(['mooring.1.log', 'mooring.log']);
  });

  it('are dropped when nothing was written to them for a month', () => {
    const old = join(folder, 'mooring.1.log');
    writeFileSync(old, 'x');
    const seconds = clock.wallMs() / 1_000;
    utimesSync(old, seconds, seconds - 29 * 24 * 60 * 60);
    expect(new FileLog(folder, clock).path).toBe(log.path);
    expect(fileNames()).toEqual(['mooring.1.log', 'mooring.log']);
    utimesSync(old, seconds, seconds - 31 * 24 * 60 * 60);
    log = new FileLog(folder, clock);
    expect(fileNames()).toEqual(['mooring.log']);
  });
});

describe('what is read', () => {
  it('begins with the newest line and goes on page by page, through all files', async () => {
    for (let time = 0; time < 2_500; time += 1) log.logger.info(`line ${time}`, { count: time });
    appendFileSync(log.path, `${'x'.repeat(maxLogFileBytes)}\n`);
    log.logger.info('line 2500');
    expect(fileNames()).toEqual(['mooring.1.log', 'mooring.log']);
    let page = await newest({}, 500);
    const found = [...page.lines];
    while (page.before !== null) {
      page = await log.page({ filter: all, before: page.before, limit: 500 }, neverAborted);
      found.push(...page.lines);
    }
    expect(messages(found)).toEqual(Array.from({ length: 2_501 }, (_, index) => `line ${2_500 - index}`));
  });

  it('goes on where it was after a rotation', async () => {
    for (const name of ['one', 'two', 'three']) log.logger.info(name);
    const { before } = await newest({}, 1);
    appendFileSync(log.path, `${'x'.repeat(maxLogFileBytes)}\n`);
    log.logger.info('four');
    if (before === null) throw new Error('There are older lines.');
    expect(messages((await log.page({ filter: all, before, limit: 10 }, neverAborted)).lines)).toEqual([
      'two',
      'one',
    ]);
  });

  it('passes over what is no line: the rest of one that was cut off, or of another program', async () => {
    log.logger.info('whole');
    appendFileSync(log.path, '{"time":"2026-01-01T00:00:00.000Z","level":"inf\n\nnull\n{"level":"info"}\n');
    log.logger.info('after');
    appendFileSync(log.path, '{"cut');
    expect(messages((await newest()).lines)).toEqual(['after', 'whole']);
  });

  it('is what was written: fields beside the message, and errors with their causes', async () => {
    const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    log.logger.error('failed', { attempt: 2 }, new AppError('CONNECTION_LOST', { title: 'Lost', cause }));
    expect((await newest()).lines).toMatchObject([
      {
        ...{ at: clock.wallMs(), level: 'error', scope: null, correlationId: null, message: 'failed' },
        fields: { attempt: 2 },
        error: { code: 'CONNECTION_LOST', cause: { code: 'ECONNREFUSED', message: 'refused' } },
      },
    ]);
  });

  it.each<[string, Partial<LogFilter>, string[]]>([
    ['a level', { level: 'warn' }, ['b']],
    ['a module', { scope: 'pool' }, ['b', 'borrowed']],
    ['a data source', { sourceId }, ['borrowed']],
    ['a call', { correlationId: callId }, ['c']],
    ['a word of the message', { text: 'BORROW' }, ['borrowed']],
    ['a field and its value', { text: 'attempt=3' }, ['b']],
    ['the code of an error', { text: 'econnreset' }, ['b']],
  ])('can be narrowed to %s', async (_, filter, expected) => {
    const pool = log.logger.scope('pool');
    pool.scope('loans').info('borrowed', { dataSourceId: sourceId });
    pool.warn('b', { attempt: 3 }, Object.assign(new Error('x'), { code: 'ECONNRESET' }));
    withCorrelation(callId, () => log.logger.scope('poolish').info('c'));
    expect(messages((await newest(filter)).lines)).toEqual(expected);
  });

  it('is nothing before the first line', async () => {
    expect(await newest()).toEqual({ lines: [], before: null });
  });
});

describe('what is followed', () => {
  /** Reads the tail until it has so many lines. */
  async function follow(tail: AsyncGenerator<LogBatch, void, void>, count: number) {
    const found: string[] = [];
    let skipped = 0;
    for (;;) {
      const { value, done } = await tail.next();
      if (done === true || value === undefined) break;
      if (value.type === 'page') found.push(...messages(value.page.lines));
      else {
        found.push(...messages(value.lines));
        skipped += value.skippedCount;
      }
      if (found.length + skipped >= count) break;
    }
    return { found, skipped };
  }

  it('tells each line once: those that were there, and those that come', async () => {
    log.logger.info('before');
    const tail = log.tail(all, 10, neverAborted);
    const reading = follow(tail, 3);
    log.logger.info('while it is opened');
    log.logger.info('after');
    expect(await reading).toEqual({ found: ['before', 'while it is opened', 'after'], skipped: 0 });
    await tail.return();
  });

  it('leaves out the oldest when the window does not keep up, and says how many', async () => {
    const tail = log.tail({ ...all, level: 'info' }, 10, neverAborted);
    await tail.next();
    for (let time = 0; time < 1_200; time += 1) log.logger.info(`line ${time}`);
    const { found, skipped } = await follow(tail, 1_200);
    expect(skipped).toBe(200);
    expect([found[0], found.at(-1)]).toEqual(['line 200', 'line 1199']);
    await tail.return();
  });

  it('ends when nobody looks any more', async () => {
    const controller = new AbortController();
    const tail = log.tail(all, 10, controller.signal);
    await tail.next();
    const next = tail.next();
    controller.abort();
    expect(await next).toEqual({ value: undefined, done: true });
  });
});
