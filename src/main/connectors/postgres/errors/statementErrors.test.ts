import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { neverAborted } from '../../../base/abort.ts';
import { type PostgresContext, statementError } from './statementErrors.ts';

/** An error as a server with German messages sends it. */
function answer(code: string, message: string, routine: string): Error {
  return Object.assign(new pg.DatabaseError(message, message.length, 'error'), { code, routine });
}

const context: PostgresContext = {
  outcome: 'answered',
  interruption: null,
  signal: neverAborted,
  serverLimitMs: 60_000,
  timeoutMs: 65_000,
  elapsedMs: 10,
  isOwn: false,
  text: 'SELECT 1',
  isReadOnlySource: false,
};

describe('a statement that the server cancels (57014), in German', () => {
  const byRequest = answer('57014', 'storniere Anfrage wegen Benutzeraufforderung', 'ProcessInterrupts');
  const byLimit = answer('57014', 'storniere Anfrage wegen Zeitüberschreitung', 'ProcessInterrupts');

  it('was cancelled by us when we asked for it', () => {
    const explained = statementError(byRequest, { ...context, interruption: 'caller' });
    expect(explained).toMatchObject({ code: 'QUERY_CANCELLED', message: 'The statement was cancelled' });
  });

  it('was cancelled by somebody else when the time limit had not passed', () => {
    const explained = statementError(byRequest, context);
    expect(explained).toMatchObject({
      code: 'QUERY_CANCELLED',
      message: 'The statement was cancelled on the server',
      detail: 'storniere Anfrage wegen Benutzeraufforderung',
    });
  });

  it('ran into the time limit when that has passed', () => {
    expect(statementError(byLimit, { ...context, elapsedMs: 60_003 })).toMatchObject({
      code: 'QUERY_TIMEOUT',
      message: 'The statement took longer than 60 s',
    });
  });

  it('is not blamed on a limit that a pooler did not pass on', () => {
    const later = { ...context, serverLimitMs: null, elapsedMs: 60_003 };
    expect(statementError(byRequest, later).code).toBe('QUERY_CANCELLED');
  });
});

describe('what the title of an error names', () => {
  const titleOf = (code: string, fields: object) =>
    statementError(Object.assign(answer(code, 'Worte', 'x'), fields), {
      ...context,
      text: 'SELECT 😀.a FROM "Ordres"."x y" WHERE 1',
    }).message;

  it('comes from the fields of the server', () => {
    expect(titleOf('23505', { table: 'items', constraint: 'items_pkey' })).toBe(
      'A row of items with this key already exists (items_pkey)',
    );
    expect(titleOf('23505', {})).toBe('A row with this key already exists');
  });

  it("comes from the person's own statement, where the server points at it", () => {
    expect(titleOf('42P01', { position: '17' })).toBe('There is no table or view "Ordres"."x y"');
    for (const position of ['8', '999', '-1', 'x']) {
      expect(titleOf('42P01', { position })).toBe('The table or view does not exist');
    }
  });
});

describe('a statement that is refused because it writes (25006)', () => {
  const refusal = answer(
    '25006',
    'kann nextval() nicht in einer Read-Only-Transaktion ausführen',
    'PreventCommandIfReadOnly',
  );

  it('is blamed on the mark of the data source only where there is one', () => {
    const marked = statementError(refusal, { ...context, isReadOnlySource: true });
    expect(marked).toMatchObject({ code: 'READ_ONLY', message: 'This data source is marked read-only' });
    const unmarked = statementError(refusal, context);
    expect(JSON.stringify([unmarked.causes, unmarked.fixes])).not.toContain('mark');
  });

  it('is explained by what it reads when Mooring browses', () => {
    for (const isReadOnlySource of [true, false]) {
      const explained = statementError(refusal, { ...context, isOwn: true, isReadOnlySource });
      expect(explained.message).toBe('Reading this would change the database');
      expect(explained.causes[0]).toContain('nextval');
    }
  });
});
