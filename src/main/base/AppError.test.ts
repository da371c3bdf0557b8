import { describe, expect, it } from 'vitest';
import { AppError, cancelledError, isAppError, toErrorDto } from './AppError.ts';

describe('AppError', () => {
  it('has nothing to say but its title unless it is given more', () => {
    const { name, message, code, detail, causes, fixes, driverCode, retryable, retryAfterMs } = new AppError(
      'NOT_FOUND',
      { title: 'Gone' },
    );
    expect({ name, message, code, detail, causes, fixes, driverCode, retryable, retryAfterMs }).toEqual({
      ...{ name: 'AppError', message: 'Gone', code: 'NOT_FOUND', detail: '', causes: [], fixes: [] },
      ...{ driverCode: null, retryable: false, retryAfterMs: undefined },
    });
  });

  it('keeps what it is given, and its cause', () => {
    const cause = new Error('below');
    const details = {
      ...{ detail: 'more', causes: ['why'], fixes: ['how'], driverCode: '28P01', retryable: true },
      retryAfterMs: 5,
    };
    const error = new AppError('AUTH_FAILED', { title: 'No', ...details, cause });
    expect(error).toMatchObject(details);
    expect(error.cause).toBe(cause);
  });

  it('is told from other errors', () => {
    expect(isAppError(new AppError('NOT_FOUND', { title: 'Gone' }))).toBe(true);
    expect(isAppError(new Error('Gone'))).toBe(false);
    expect(isAppError(null)).toBe(false);
  });
});

describe('cancelledError', () => {
  it('is CANCELLED and carries why', () => {
    const cause = new Error('closed');
    expect(cancelledError(cause)).toMatchObject({ code: 'CANCELLED', cause });
  });
});

describe('toErrorDto', () => {
  it('carries all that the window shows, and neither cause nor stack', () => {
    const error = new AppError('AUTH_FAILED', {
      ...{ title: 'No', detail: 'more', causes: ['why'], fixes: ['how'], driverCode: '28P01' },
      ...{ retryable: true, retryAfterMs: 5, cause: new Error('secret') },
    });
    expect(toErrorDto(error, 'call 1')).toEqual({
      ...{ code: 'AUTH_FAILED', title: 'No', detail: 'more', causes: ['why'], fixes: ['how'] },
      ...{ driverCode: '28P01', retryable: true, retryAfterMs: 5, correlationId: 'call 1' },
    });
  });

  it('says nothing of an unknown error but its reference', () => {
    const dto = toErrorDto(new Error('password=hunter2'), 'call 2');
    expect(dto).toMatchObject({
      code: 'INTERNAL',
      driverCode: null,
      retryable: false,
      correlationId: 'call 2',
    });
    expect(dto.causes).toEqual([]);
    expect(JSON.stringify(dto)).not.toContain('hunter2');
  });

  it('has no wait for an error that has none', () => {
    expect(toErrorDto(new AppError('NOT_FOUND', { title: 'Gone' }), null)).not.toHaveProperty('retryAfterMs');
  });

  it('keeps texts that fit and cuts longer ones with an ellipsis, and lists after their eighth entry', () => {
    const long = (length: number) => 'x'.repeat(length);
    const dtoOf = (extra: number) =>
      toErrorDto(
        new AppError('STORE_FAILED', {
          title: long(200 + extra),
          detail: long(2_000 + extra),
          causes: Array.from({ length: 8 + extra }, () => long(500 + extra)),
          fixes: Array.from({ length: 8 + extra }, () => long(500 + extra)),
          driverCode: long(64 + extra),
        }),
        null,
      );
    const fits = dtoOf(0);
    expect(fits).toMatchObject({ title: long(200), detail: long(2_000), driverCode: long(64) });
    expect(fits.causes).toEqual(Array.from({ length: 8 }, () => long(500)));
    const cut = dtoOf(1);
    expect(cut).toMatchObject({
      ...{ title: `${long(199)}…`, detail: `${long(1_999)}…`, driverCode: `${long(63)}…` },
    });
    expect(cut.causes).toEqual(Array.from({ length: 8 }, () => `${long(499)}…`));
    expect(cut.fixes).toEqual(cut.causes);
  });
});
