import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../tests/support/FakeClock.ts';
import { silentLogger } from '../observability/Logger.ts';
import { SecretClipboard, type TextClipboard } from './SecretClipboard.ts';

const secret = 'postgresql://ann:canary@db/shop';

let clock: FakeClock;
let content: string;
let clipboard: SecretClipboard;

const system: TextClipboard = {
  write: async (text) => {
    content = text;
  },
  read: async () => content,
  clear: () => {
    content = '';
  },
};

beforeEach(() => {
  clock = new FakeClock();
  content = 'before';
  clipboard = new SecretClipboard(system, clock, silentLogger);
});

describe('SecretClipboard', () => {
  it('takes the secret off again after a minute', async () => {
    await clipboard.copy(secret);
    expect(content).toBe(secret);
    await clock.advance(59_999);
    expect(content).toBe(secret);
    await clock.advance(1);
    expect(content).toBe('');
    expect(clock.pendingCount).toBe(0);
  });

  it('leaves alone what was copied since', async () => {
    await clipboard.copy(secret);
    content = 'something else';
    await clock.advance(60_000);
    expect(content).toBe('something else');
  });

  it('counts anew from the last secret', async () => {
    await clipboard.copy('first');
    await clock.advance(40_000);
    await clipboard.copy(secret);
    await clock.advance(40_000);
    expect(content).toBe(secret);
    await clock.advance(20_000);
    expect(content).toBe('');
  });

  it('takes it off at once when the app ends, and leaves no timer', async () => {
    await clipboard.copy(secret);
    await clipboard.clear();
    expect([content, clock.pendingCount]).toEqual(['', 0]);
  });

  it('touches nothing when the app ends and no secret was copied, or is gone', async () => {
    await clipboard.clear();
    expect(content).toBe('before');
    await clipboard.copy(secret);
    await clock.advance(60_000);
    content = 'after';
    await clipboard.clear();
    expect(content).toBe('after');
  });

  it('does not hold up the end of the app when the clipboard fails', async () => {
    const warned: unknown[] = [];
    const failing = { ...system, read: () => Promise.reject(new Error('no display')) };
    clipboard = new SecretClipboard(failing, clock, {
      ...silentLogger,
      warn: (...line) => void warned.push(line),
    });
    await clipboard.copy(secret);
    await clipboard.clear();
    await settle();
    expect(warned).toHaveLength(1);
    expect(JSON.stringify(warned)).not.toContain('canary');
  });
});
