import { describe, expect, it } from 'vitest';
import { parsePostmasterFile } from './postmasterFile.ts';

const whole = '4711\n/data/cluster\n1790000000\n15432\n\n127.0.0.1\n  2408491    458775\nready   \n';

describe('parsePostmasterFile', () => {
  it('reads process, start, port and status of a running server', () => {
    expect(parsePostmasterFile(whole)).toEqual({
      pid: 4_711,
      startedAtMs: 1_790_000_000_000,
      port: 15_432,
      status: 'ready',
    });
  });

  it('does not take a server for ready while its file is still being written', () => {
    expect(parsePostmasterFile(whole.split('\n').slice(0, 6).join('\n'))?.status).toBe('');
    expect(parsePostmasterFile('4711\n/data/cluster\n')).toBeNull();
  });

  it.each([
    '',
    'garbage',
    whole.replace('4711', '-4711'),
    whole.replace('4711', '0'),
    whole.replace('15432', '99999'),
  ])('reads no process to signal out of %j', (text) => {
    expect(parsePostmasterFile(text)).toBeNull();
  });
});
