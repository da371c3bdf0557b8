import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import * as fake from '../../../../../tests/support/fakePostgres.ts';
import { neverAborted } from '../../../base/abort.ts';
import type { QueryResult } from '../../Connection.ts';
import { WireFailure } from '../../network/failures/WireFailure.ts';
import { AnswerMemory } from '../../network/limits/AnswerMemory.ts';
import { MessageGate } from '../wire/MessageGate.ts';
import { CollectedAnswer } from './Answer.ts';
import { AnswerReader } from './AnswerReader.ts';
import { PostgresStatement } from './PostgresStatement.ts';

function statementFor(memory = new AnswerMemory()) {
  const told: string[] = [];
  const results: QueryResult[] = [];
  const order = {
    messages: Buffer.alloc(0),
    statement: { text: 'SELECT 1' },
    signal: neverAborted,
    timeoutMs: undefined,
    answer: new CollectedAnswer(
      memory,
      (result) => results.push(result),
      () => undefined,
    ),
  };
  const session = {
    socket: { stream: new PassThrough(), pause: () => undefined, resume: () => undefined },
    tooLarge: () => told.push('too large'),
    cancel: () => undefined,
  };
  return { statement: new PostgresStatement(order, session), told, results };
}

/** A reader that waits for the answer to one statement. */
function waiting(memory?: AnswerMemory) {
  const reader = new AnswerReader();
  const { statement, told, results } = statementFor(memory);
  reader.onAnswered(() => {
    told.push('answered');
    statement.order.answer.succeed(statement.completion);
  });
  reader.expect(statement);
  return { gate: new MessageGate(reader), statement, told, results };
}

const letters = {
  '1': fake.message('1'),
  '2': fake.message('2'),
  n: fake.message('n'),
  T: fake.rowDescription('a'),
  D: fake.dataRow('x'),
  C: fake.commandComplete('SELECT 1'),
  I: fake.message('I'),
  G: fake.message('G', Buffer.from([0, 0, 0])),
  H: fake.message('H', Buffer.from([0, 0, 0])),
  d: fake.message('d'),
  c: fake.message('c'),
  E: fake.errorResponse('22012', 'division by zero', 'ERROR'),
  Z: fake.readyForQuery,
  N: fake.message('N', Buffer.alloc(1)),
  S: fake.message('S', fake.texts('TimeZone', 'UTC')),
  A: fake.message('A', Buffer.concat([fake.int32(1), fake.texts('channel', 'payload')])),
  s: fake.message('s'),
  '3': fake.message('3'),
  t: fake.message('t', fake.int16(0)),
  R: fake.authenticationOk,
  K: fake.message('K', fake.int32(1, 2)),
};
type Letter = keyof typeof letters;
const allLetters = Object.keys(letters) as Letter[];

/** Every beginning of an answer, with what may be said at any time left out (manual, "Extended Query"). */
const answers = /^(?:I|1(?:2(?:T(?:D*C?)?|n?(?:C|I|GC?|H(?:d*(?:cC?)?)?)?)?)?)?$/;
const failed = /^(?:I|1(?:2(?:T(?:D*C?)?|n?(?:C|I|GC?|H(?:d*(?:cC?)?)?)?)?)?)?E$/;
const whole = /^(?:.*[CI]|.*E)Z$/;

function isInOrder(sequence: string): boolean {
  const told = sequence.replace(/[NSA]/g, '');
  const body = told.endsWith('Z') ? told.slice(0, -1) : told;
  if (told.endsWith('Z') && !whole.test(told)) return false;
  return answers.test(body) || failed.test(body);
}

/** One command before the statement and one after it. */
const frame = {
  lead: Buffer.alloc(0),
  leadCount: 0,
  before: Buffer.alloc(0),
  beforeCount: 1,
  after: Buffer.alloc(0),
  afterCount: 1,
  mayFailInTransaction: false,
};

describe('AnswerReader', () => {
  it('takes a sequence of valid messages when, and only when, it is the beginning of an answer', () => {
    const honest = fc.constantFrom<readonly Letter[]>(
      [],
      ['1', '2', 'T'],
      ['1', '2', 'T', 'D', 'D', 'C'],
      ['1', '2', 'n', 'C'],
      ['1', '2', 'H', 'd'],
      ['1', 'E'],
      ['I'],
    );
    const rest = fc.array(fc.constantFrom(...allLetters), { maxLength: 3 });
    fc.assert(
      fc.property(honest, rest, (start, end) => {
        const sequence = [...start, ...end];
        const { gate } = waiting();
        let error: unknown = null;
        try {
          for (const letter of sequence) gate.accept(letters[letter]);
        } catch (thrown) {
          error = thrown;
        }
        // After the answer is over an error ends the session.
        const isOurs = error === null || error instanceof WireFailure || error instanceof pg.DatabaseError;
        expect(isOurs).toBe(true);
        expect(error === null).toBe(isInOrder(sequence.join('')));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(allLetters.filter((letter) => !'NSAE'.includes(letter)))(
    'refuses %s while no statement runs',
    (letter) => {
      const gate = new MessageGate(new AnswerReader());
      expect(() => gate.accept(letters[letter])).toThrow(expect.objectContaining({ kind: 'protocol' }));
    },
  );

  it('takes an error while no statement runs for the end of the session', () => {
    const gate = new MessageGate(new AnswerReader());
    expect(() => gate.accept(letters.E)).toThrow(pg.DatabaseError);
  });

  it('holds what an answer takes for as long as it is gathered', () => {
    const memory = new AnswerMemory();
    const { gate, told, results } = waiting(memory);
    gate.accept(Buffer.concat([letters[1], letters[2], letters.T, letters.D]));
    expect(memory.heldBytes).toBeGreaterThan(0);
    gate.accept(Buffer.concat([letters.C, letters.Z]));
    expect(results).toMatchObject([{ rows: [['x']] }]);
    expect(told).toEqual(['answered']);
    expect(memory.heldBytes).toBe(0);
  });

  it('takes the row count of the statement, not of the commands around it', () => {
    const { gate, statement, told, results } = waiting();
    statement.setFrame(frame);
    const command = [letters[1], letters[2], letters.C];
    gate.accept(
      Buffer.concat([...command, letters[1], letters[2], letters.T, letters.D, letters.C, letters.Z]),
    );
    expect(told).toEqual([]);
    expect(statement.isFrameEnded).toBe(false);
    gate.accept(Buffer.concat([...command, letters.Z]));
    expect(told).toEqual(['answered']);
    expect(statement.isFrameEnded).toBe(true);
    expect(results).toMatchObject([{ rows: [['x']], rowCount: 1 }]);
  });

  it('knows that the end of a frame failed, and tells the failure of the statement', () => {
    const { gate, statement, told } = waiting();
    statement.setFrame(frame);
    gate.accept(
      Buffer.concat([letters[1], letters[2], letters.C, letters.E, letters.Z, letters.E, letters.Z]),
    );
    expect(told).toEqual(['answered']);
    expect(statement.isFrameEnded).toBe(false);
    expect(statement.error).toBeInstanceOf(pg.DatabaseError);
  });

  it.each([
    ['rows of a command around it', ['1', '2', 'T']],
    ['an answer without the command before it', ['1', '2', 'C', 'Z']],
    ['one command more', ['1', '2', 'C', '1', '2', 'C', '1']],
  ] as const)('refuses %s', (_what, sequence) => {
    const { gate, statement } = waiting();
    statement.setFrame(frame);
    const messages = Buffer.concat(sequence.map((letter) => letters[letter]));
    expect(() => gate.accept(messages)).toThrow(expect.objectContaining({ kind: 'protocol' }));
  });
});
