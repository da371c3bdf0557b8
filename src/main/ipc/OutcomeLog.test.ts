import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/FakeClock.ts';
import { AppError } from '../base/AppError.ts';
import type { Logger } from '../observability/Logger.ts';
import { OutcomeLog } from './OutcomeLog.ts';

let lines: unknown[][];
let log: OutcomeLog;

beforeEach(() => {
  lines = [];
  const at =
    (level: string) =>
    (...line: unknown[]) =>
      void lines.push([level, ...line]);
  const logger: Logger = {
    error: at('error'),
    warn: at('warn'),
    info: at('info'),
    debug: at('debug'),
    scope: () => logger,
  };
  log = new OutcomeLog(new FakeClock(), logger);
});

describe('OutcomeLog', () => {
  it.each([
    ['a fault of ours as an error', 'error', new TypeError('x is undefined'), 'INTERNAL'],
    [
      'a fault that was recognised as an error',
      'error',
      new AppError('INTERNAL', { title: 'A' }),
      'INTERNAL',
    ],
    ['a failure as a warning', 'warn', new AppError('HOST_NOT_FOUND', { title: 'A' }), 'HOST_NOT_FOUND'],
  ])('logs %s, with its stack', (_what, level, error, code) => {
    log.failed('Call failed', { call: 'app.info', durationMs: 5 }, error);
    expect(lines).toEqual([[level, 'Call failed', { call: 'app.info', durationMs: 5, code }, error]]);
  });

  it.each(['CANCELLED', 'SHUTTING_DOWN'] as const)(
    'logs %s, which a person asked for, without alarm',
    (code) => {
      log.failed('Call failed', { call: 'app.info' }, new AppError(code, { title: 'A' }));
      expect(lines).toEqual([['info', 'Call failed', { call: 'app.info', code }]]);
    },
  );

  it('keeps what went well to a debug log, but for what is audited', () => {
    log.succeeded('Call answered', { call: 'app.info' });
    log.succeeded('Call answered', { call: 'vault.lock', audit: true });
    expect(lines.map(([level]) => level)).toEqual(['debug', 'info']);
  });
});
