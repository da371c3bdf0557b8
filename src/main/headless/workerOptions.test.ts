import { describe, expect, it } from 'vitest';
import { readWorkerOptions } from './workerOptions.ts';

describe('The options of mooring-worker', () => {
  it('are taken from the command line before the environment', () => {
    const environment = { MOORING_KEY_FILE: '/env/key', MOORING_CONCURRENCY: '5', MOORING_NAME: '' };
    const { text, wants } = readWorkerOptions(['--key-file', '/given/key', '--files=/f'], environment);
    expect(wants).toBe('run');
    expect([text('key-file'), text('concurrency'), text('files')]).toEqual(['/given/key', '5', '/f']);
    expect(text('name')).toBeUndefined();
  });

  it.each([
    { args: ['--quue', 'x'], problem: 'There is no option --quue.' },
    { args: ['--queue'], problem: '--queue needs a value.' },
    { args: ['--queue', '--help'], problem: '--queue needs a value.' },
    { args: ['--files='], problem: '--files needs a value.' },
    { args: ['--name', 'a', '--name', 'b'], problem: '--name is given twice.' },
    { args: ['--help=yes'], problem: '--help takes no value.' },
    { args: ['hunter2'], problem: 'There are only options, such as --queue ADDRESS.' },
  ])('that are wrong are named in one line: $args', ({ args, problem }) => {
    expect(() => readWorkerOptions(args, {})).toThrow(problem);
  });

  it('never repeat what may be a password', () => {
    for (const args of [['hunter2'], ['--', 'hunter2'], ['--password=hunter2'], ['--password', 'hunter2']]) {
      expect(() => readWorkerOptions(args, {})).toThrow(/^(?!.*hunter2)/);
    }
  });
});
