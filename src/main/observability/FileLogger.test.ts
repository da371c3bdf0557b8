import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../base/AppError.ts';
import { withCorrelation } from './correlation.ts';
import { openFileLog } from './FileLogger.ts';
import type { Logger } from './Logger.ts';

describe('openFileLog', () => {
  let folder: string;
  let logger: Logger;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mooring-log-'));
    ({ logger, path } = openFileLog(folder));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const lines = () =>
    readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('writes one JSON object a line, with scope and the correlation id of the running call', async () => {
    await withCorrelation('call-1', async () => {
      await Promise.resolve();
      logger.scope('pool').info('connected', { durationMs: 12 });
    });
    logger.warn('two\nlines %s %o');
    expect(lines()).toMatchObject([
      { level: 'info', scope: 'pool', correlationId: 'call-1', message: 'connected', durationMs: 12 },
      { level: 'warn', scope: null, correlationId: null, message: 'two\nlines %s %o' },
    ]);
  });

  it('hides every field that is not on the allow-list', () => {
    logger.info('saved', { dataSourceId: 'x', userName: 'correct horse' });
    expect(readFileSync(path, 'utf8')).not.toContain('correct horse');
  });

  it('hides credentials in the messages and causes of errors', () => {
    const driverError = new Error(
      'cannot reach postgres://ann:hunter2@db/x with password="hunter2 and more"',
    );
    logger.error('failed', {}, new AppError('CONNECTION_LOST', { title: 'lost', cause: driverError }));
    expect(readFileSync(path, 'utf8')).not.toContain('hunter2');
    expect(lines()[0]).toMatchObject({ error: { code: 'CONNECTION_LOST', cause: { name: 'Error' } } });
  });

  it('keeps the file to its owner', () => {
    logger.info('hello');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});
