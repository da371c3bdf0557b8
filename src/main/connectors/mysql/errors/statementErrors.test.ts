import { describe, expect, it } from 'vitest';
import { AppError } from '../../../base/AppError.ts';
import { neverAborted } from '../../../base/abort.ts';
import { WireFailure } from '../../network/failures/WireFailure.ts';
import { ServerError } from '../protocol/ServerError.ts';
import { knownFailures } from './knownFailures.ts';
import { checkLength, type MysqlContext, statementError } from './statementErrors.ts';

const context: MysqlContext = {
  outcome: 'answered',
  interruption: null,
  signal: neverAborted,
  serverLimitMs: 60_000,
  timeoutMs: 65_000,
  elapsedMs: 10,
  isReadOnlySource: false,
  text: 'SELECT 1',
  isBound: false,
};

const explain = (errno: number, overrides: Partial<MysqlContext> = {}) =>
  statementError(new ServerError(errno, 'HY000', 'Die Worte des Servers'), { ...context, ...overrides });

describe('statementError', () => {
  it.each([
    [1142, 'PERMISSION_DENIED'],
    [1143, 'PERMISSION_DENIED'],
    [1227, 'PERMISSION_DENIED'],
    [1290, 'READ_ONLY'],
    [1792, 'READ_ONLY'],
    [1205, 'QUERY_TIMEOUT'],
    [1969, 'QUERY_TIMEOUT'],
    [3024, 'QUERY_TIMEOUT'],
    [1317, 'QUERY_CANCELLED'],
    [1213, 'QUERY_FAILED'],
    [1449, 'QUERY_FAILED'],
    [1356, 'QUERY_FAILED'],
    [1062, 'QUERY_FAILED'],
    [65_000, 'QUERY_FAILED'],
  ])('tells the error %i as %s, with what the server said', (errno, code) => {
    expect(explain(errno)).toMatchObject({
      code,
      detail: 'Die Worte des Servers',
      driverCode: `${errno} (HY000)`,
    });
  });

  it('has causes and fixes for every number that it knows', () => {
    expect(knownFailures.size).toBeGreaterThan(60);
    for (const { title, causes, fixes } of knownFailures.values()) {
      expect(title).toMatch(/^[A-Z].*[^.]$/);
      for (const sentence of [...causes, ...fixes]) expect(sentence).toMatch(/^[A-Z].*[.…]$/);
      expect(causes.length * fixes.length).toBeGreaterThan(0);
    }
  });

  it('names what the server put in quotes, and nothing when a sentence stands between two of them', () => {
    const titleOf = (errno: number, words: string) =>
      statementError(new ServerError(errno, 'HY000', words), context).message;
    expect(titleOf(1146, "Tabelle 'shop.ordres' existiert nicht")).toBe(
      'The table shop.ordres does not exist',
    );
    expect(titleOf(1091, "Can't DROP 'x'; check that it exists")).toBe(
      'The column or index x does not exist',
    );
    expect(titleOf(1062, "Duplicate entry 'O'Brien' for key 'items.name'")).toContain('(items.name)');
    expect(titleOf(1008, "Can't drop database; it doesn't exist")).toBe('The database does not exist');
    expect(titleOf(1452, 'a constraint fails (`shop`.`orders`, CONSTRAINT `fk`)')).toContain('shop.orders');
  });

  it('calls a statement that lost a deadlock worth another try', () => {
    expect(explain(1213).retryable).toBe(true);
    expect(explain(1062).retryable).toBe(false);
  });

  it('says that the data source is marked read-only where it is', () => {
    expect(explain(1792, { isReadOnlySource: true }).message).toBe('This data source is marked read-only');
  });

  it('says where DELIMITER belongs', () => {
    expect(explain(1064, { text: 'DELIMITER ;;\nSELECT 1;;' }).message).toContain('DELIMITER');
    expect(explain(1064, { text: 'SELECT 1 delimiter' }).message).not.toContain('DELIMITER');
  });

  it.each([
    ['killed', new ServerError(1317, '70100', 'Query execution was interrupted')],
    ['without an error, as SLEEP does', null],
  ])('tells a statement that its caller stopped, and that ended %s, as cancelled', (_, error) => {
    expect(statementError(error, { ...context, interruption: 'caller' })).toMatchObject({
      code: 'QUERY_CANCELLED',
      detail: 'The server has stopped it; the session can still be used.',
    });
  });

  it('tells a real failure although the statement was to be stopped', () => {
    expect(explain(1062, { interruption: 'caller' }).code).toBe('QUERY_FAILED');
  });

  it('gives the reason of the caller', () => {
    const reason = new AppError('POOL_CLOSED', { title: 'The pool was closed' });
    const signal = AbortSignal.abort(reason);
    expect(explain(1317, { interruption: 'caller', signal })).toBe(reason);
  });

  it('says that a statement whose session is gone may have run', () => {
    const lost = statementError(new WireFailure('closed', 'Gone.'), { ...context, outcome: 'lost' });
    expect(lost).toMatchObject({ code: 'CONNECTION_LOST', retryable: false });
    expect(lost.detail).toContain('may or may not have run');
  });
});

describe('checkLength', () => {
  it('refuses what is longer than the server takes, in bytes', () => {
    expect(() => checkLength('ü'.repeat(50), 101)).not.toThrow();
    expect(() => checkLength('ü'.repeat(50), 100)).toThrowError(
      expect.objectContaining({ code: 'TOO_LARGE' }),
    );
    expect(() => checkLength('a'.repeat(1_000), null)).not.toThrow();
  });
});
