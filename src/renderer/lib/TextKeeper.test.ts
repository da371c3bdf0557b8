import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TextKeeper } from './TextKeeper.ts';

interface Pending {
  readonly text: string;
  readonly resolve: () => void;
  readonly reject: () => void;
}

let writes: Pending[];
let keeper: TextKeeper;

beforeEach(() => {
  vi.useFakeTimers();
  writes = [];
  keeper = new TextKeeper(
    (text) =>
      new Promise<void>((resolve, reject) =>
        writes.push({ text, resolve, reject: () => reject(new Error()) }),
      ),
    () => Date.now(),
  );
});
afterEach(() => {
  vi.useRealTimers();
});

const texts = () => writes.map(({ text }) => text);

describe('the keeper of a text', () => {
  it('writes within a second, with what the text is by then', async () => {
    let text = 'a';
    keeper.changed(() => text);
    text = 'ab';
    keeper.changed(() => text);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(texts()).toEqual(['ab']);
  });

  it('writes one after the other, and always the newest at the end', async () => {
    keeper.changed(() => 'a');
    void keeper.flush();
    await vi.advanceTimersByTimeAsync(0);
    keeper.changed(() => 'b');
    const flushed = keeper.flush();
    await vi.advanceTimersByTimeAsync(0);
    expect(texts()).toEqual(['a']);
    writes[0]?.resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect(texts()).toEqual(['a', 'b']);
    writes[1]?.resolve();
    await flushed;
  });

  it('writes again what could not be written', async () => {
    keeper.changed(() => 'a');
    const failed = keeper.flush();
    await vi.advanceTimersByTimeAsync(0);
    writes[0]?.reject();
    await failed;
    void keeper.flush();
    await vi.advanceTimersByTimeAsync(0);
    expect(texts()).toEqual(['a', 'a']);
  });

  it('waits longer where writing takes long', async () => {
    keeper.changed(() => 'large');
    void keeper.flush();
    await vi.advanceTimersByTimeAsync(2_000);
    writes[0]?.resolve();
    await vi.advanceTimersByTimeAsync(0);
    keeper.changed(() => 'larger');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(texts()).toEqual(['large']);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(texts()).toEqual(['large', 'larger']);
  });
});
