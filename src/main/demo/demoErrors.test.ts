import { describe, expect, it } from 'vitest';
import { AppError } from '../base/AppError.ts';
import { asDemoError, demoFailed } from './demoErrors.ts';

describe('the errors of the demo server', () => {
  it.each([
    `could not open file "/home/ann lee/.config/Mooring/demo/x"`,
    `EACCES: permission denied, open '/home/ann lee/.config/x'`,
    `initdb: error: directory "C:\\Users\\Ann Lee\\demo" exists`,
    'postgres: /home/ann/lib/libicu.so.60: no such file',
  ])('do not show where the person’s files are: %s', (output) => {
    expect(demoFailed('started', output).detail).not.toMatch(/ann|home|Users/i);
  });

  it('keep what the server said on one line', () => {
    const failure = demoFailed('started', 'FATAL:  database files are incompatible\n\u001b[31mDETAIL:  …\n');
    expect(failure.detail).toBe('FATAL:  database files are incompatible [31mDETAIL:  …');
  });

  it.each([
    demoFailed('created', 'FATAL:  could not write to file "base/1": No space left on device'),
    asDemoError(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }), 'created'),
  ])('say so when the disk is full', (failure) => {
    expect(failure).toMatchObject({ code: 'DISK_FULL', retryable: false });
  });

  it('leave errors that already have words as they are', () => {
    const cancelled = new AppError('CANCELLED', { title: 'Cancelled' });
    expect(asDemoError(cancelled, 'started')).toBe(cancelled);
  });
});
