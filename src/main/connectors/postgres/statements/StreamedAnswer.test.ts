import { describe, expect, it } from 'vitest';
import type { StatementStream } from '../../RowStream.ts';
import { StreamedAnswer } from './StreamedAnswer.ts';

const kilobyte = 1024;

/** A stream that has its columns, and what it asked of its session. */
function opened() {
  const asked: string[] = [];
  const session = {
    pause: () => asked.push('pause'),
    resume: () => asked.push('resume'),
    cancel: () => asked.push('cancel'),
    nameOfType: (id: number) => `type ${id}`,
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
    for (let row = 0; row < 7; row += 1) answer.add([String(row)], 128 * kilobyte);
    expect(asked).toEqual([]);
    answer.add(['7'], 128 * kilobyte);
    expect(asked).toEqual(['pause']);
    await stream.next(4);
    expect(asked).toEqual(['pause']);
    expect(await stream.next(1)).toEqual([['4']]);
    expect(asked).toEqual(['pause', 'resume']);
  });

  it('waits for rows, and is over only when its statement is', async () => {
    const { answer, stream } = await opened();
    const first = stream.next(10);
    expect(await stillWaits(first)).toBe(true);
    answer.add(['1'], kilobyte);
    expect(await first).toEqual([['1']]);
    const end = stream.next(10);
    expect(await stillWaits(end)).toBe(true);
    answer.succeed({ command: 'SELECT', rowCount: 1 });
    expect(await end).toEqual([]);
  });

  it('gives the rows before an error, then the error each time', async () => {
    const { answer, stream } = await opened();
    const error = new Error('division by zero');
    answer.add(['1'], kilobyte);
    answer.fail(error);
    expect(await stream.next(10)).toEqual([['1']]);
    await expect(stream.next(10)).rejects.toBe(error);
    await expect(stream.next(10)).rejects.toBe(error);
  });

  it('that is closed cancels its statement once it runs, keeps no row, and waits for its end', async () => {
    const { answer, stream, asked } = await opened();
    answer.add(['1'], kilobyte);
    const closing = stream.close();
    expect(asked).toEqual(['cancel']);
    answer.add(['2'], kilobyte);
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
