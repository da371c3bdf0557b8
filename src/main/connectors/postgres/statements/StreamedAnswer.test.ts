import { describe, expect, it } from 'vitest';
import type { StatementStream } from '../../RowStream.ts';
import { StreamedAnswer } from './StreamedAnswer.ts';

const kilobyte = 1024;

/** A row of one cell of about so many bytes, as it lies in a chunk: where its cells begin, and its end. */
function row(text: string, size = 0): [bytes: Buffer, start: number, end: number] {
  const cell = Buffer.from(text.padEnd(size));
  const length = Buffer.alloc(4);
  length.writeInt32BE(cell.length);
  const bytes = Buffer.concat([Buffer.from('before'), length, cell, Buffer.from('after')]);
  return [bytes, 6, bytes.length - 5];
}

/** A stream that has its columns, and what it asked of its session. */
function opened() {
  const asked: string[] = [];
  const session = {
    socket: { pause: () => asked.push('pause'), resume: () => asked.push('resume') },
    cancel: () => asked.push('cancel'),
    typeOf: (id: number) => ({ type: `type ${id}`, kind: 'text' as const }),
  };
  return new Promise<{ answer: StreamedAnswer; stream: StatementStream; asked: string[] }>(
    (resolve, reject) => {
      const answer: StreamedAnswer = new StreamedAnswer(
        session,
        (stream) => resolve({ answer, stream, asked }),
        reject,
      );
      answer.begin([{ name: 'a', typeId: 25 }]);
    },
  );
}

const stillWaits = async (work: Promise<unknown>): Promise<boolean> =>
  Promise.race([work.then(() => false), new Promise<boolean>((resolve) => setImmediate(resolve, true))]);

describe('StreamedAnswer', () => {
  it('pauses its session when a window of rows waits, and lets go on at half of it', async () => {
    const { answer, stream, asked } = await opened();
    for (let index = 0; index < 7; index += 1) answer.add(...row(String(index), 128 * kilobyte));
    expect(asked).toEqual([]);
    answer.add(...row('7', 128 * kilobyte));
    expect(asked).toEqual(['pause']);
    await stream.next(4);
    expect(asked).toEqual(['pause']);
    expect((await stream.next(1))[0]?.[0]?.trim()).toBe('4');
    expect(asked).toEqual(['pause', 'resume']);
  });

  it('waits for rows, and is over only when its statement is', async () => {
    const { answer, stream } = await opened();
    const first = stream.next(10);
    expect(await stillWaits(first)).toBe(true);
    answer.add(...row('1'));
    expect(await first).toEqual([['1']]);
    const end = stream.next(10);
    expect(await stillWaits(end)).toBe(true);
    answer.succeed({ command: 'SELECT', rowCount: 1 });
    expect(await end).toEqual([]);
  });

  it('gives rows as the bytes in which they arrived', async () => {
    const { answer, stream } = await opened();
    const [bytes, start, end] = row('first');
    answer.add(bytes, start, end);
    answer.add(bytes, start, end);
    answer.succeed({ command: 'SELECT', rowCount: 2 });
    const rows = await stream.nextEncoded();
    expect(rows.bytes).toBe(bytes);
    expect([...rows.starts]).toEqual([start, start]);
    expect((await stream.nextEncoded()).starts).toHaveLength(0);
  });

  it('gives the rows before an error, then the error each time', async () => {
    const { answer, stream } = await opened();
    const error = new Error('division by zero');
    answer.add(...row('1'));
    answer.fail(error);
    expect(await stream.next(10)).toEqual([['1']]);
    await expect(stream.next(10)).rejects.toBe(error);
    await expect(stream.next(10)).rejects.toBe(error);
  });

  it('that is closed cancels its statement once it runs, keeps no row, and waits for its end', async () => {
    const { answer, stream, asked } = await opened();
    answer.add(...row('1'));
    const closing = stream.close();
    expect(asked).toEqual(['cancel']);
    answer.add(...row('2'));
    expect(await stillWaits(closing)).toBe(true);
    answer.fail(new Error('cancelled'));
    await closing;
    expect(await stream.next(10)).toEqual([]);
  });

  it('that is closed after its end cancels nothing', async () => {
    const { answer, stream, asked } = await opened();
    answer.succeed({ command: 'SELECT', rowCount: 0 });
    await stream.close();
    expect(asked).toEqual([]);
  });
});
