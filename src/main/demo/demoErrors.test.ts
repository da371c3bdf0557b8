import { describe, expect, it } from 'vitest';
import { AppError } from '../base/AppError.ts';
import { serverFailed, serverUnavailable } from '../embedded/embeddedErrors.ts';
import { asDemoError } from './demoErrors.ts';

const failedWith = (output: string) => asDemoError(serverFailed('started', output), 'started');

describe('the errors of the demo server', () => {
  it.each([
    `could not open file "/home/ann lee/.config/Mooring/demo/x"`,
    `EACCES: permission denied, open '/home/ann lee/.config/x'`,
    `initdb: error: directory "C:\\Users\\Ann Lee\\demo" exists`,
    'postgres: /home/ann/lib/libicu.so.60: no such file',
  ])('do not show where the person’s files are: %s', (output) => {
    expect(failedWith(output).detail).not.toMatch(/ann|home|Users/i);
  });

  it('keep what the server said on one line', () => {
    const failure = failedWith('FATAL:  database files are incompatible\n\u001b[31mDETAIL:  …\n');
    expect(failure.detail).toBe('FATAL:  database files are incompatible [31mDETAIL:  …');
  });

  it.each([
    failedWith('FATAL:  could not write to file "base/1": No space left on device'),
    asDemoError(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }), 'created'),
  ])('say so when the disk is full', (failure) => {
    expect(failure).toMatchObject({ code: 'DISK_FULL', retryable: false });
  });

  it('say what is missing on a computer that cannot run it, and that all else works', () => {
    const failure = asDemoError(serverUnavailable('Not for this computer.', 'Reinstall Mooring.'), 'started');
    expect(failure).toMatchObject({ code: 'DEMO_UNAVAILABLE', detail: 'Not for this computer.' });
    expect(failure.fixes[0]).toBe('Reinstall Mooring.');
  });

  it('leave errors that already have words as they are', () => {
    const cancelled = new AppError('CANCELLED', { title: 'Cancelled' });
    expect(asDemoError(cancelled, 'started')).toBe(cancelled);
  });
});
