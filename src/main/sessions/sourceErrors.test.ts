import { describe, expect, it } from 'vitest';
import { AppError } from '../base/AppError.ts';
import {
  allLostError,
  circuitOpenError,
  networkChangedError,
  someLostError,
  underlying,
} from './sourceErrors.ts';

const refused = new AppError('CONNECTION_REFUSED', {
  title: 'Nobody listens',
  detail: 'Port 5432.',
  fixes: ['Start the server.'],
  driverCode: 'ECONNREFUSED',
});

describe('the error of a data source that waits', () => {
  it('says why it is not connected and when it is tried again, in whole seconds and never too soon', () => {
    const error = circuitOpenError(refused, 2_001);
    expect(error).toMatchObject({
      code: 'CIRCUIT_OPEN',
      detail: 'Port 5432. Mooring tries again in 3 s.',
      driverCode: 'ECONNREFUSED',
      retryable: true,
      retryAfterMs: 2_001,
      cause: refused,
    });
    expect(error.message).toContain('Nobody listens');
    expect(error.fixes).toContain('Start the server.');
  });

  it('says that it is tried now, also for a reason that nobody knows', () => {
    expect(circuitOpenError(new Error('?'), 0)).toMatchObject({
      detail: 'Mooring is trying again now.',
      driverCode: null,
    });
  });

  it('leads to the reason behind it, and any other error to itself', () => {
    expect(underlying(circuitOpenError(refused, 1))).toBe(refused);
    expect(underlying(refused)).toBe(refused);
    const bare = circuitOpenError(undefined, 1);
    expect(underlying(bare)).toBe(bare);
    const wrapped = new AppError('QUERY_FAILED', { title: 'failed', cause: refused });
    expect(underlying(wrapped)).toBe(wrapped);
    const plain = new Error('plain', { cause: refused });
    expect(underlying(plain)).toBe(plain);
  });
});

describe('errors of lost connections', () => {
  it('may heal by themselves', () => {
    expect(allLostError()).toMatchObject({ code: 'CONNECTION_LOST', retryable: true });
    expect(networkChangedError()).toMatchObject({ code: 'CONNECTION_RESET', retryable: true });
    expect(someLostError(2, 5)).toMatchObject({
      code: 'CONNECTION_LOST',
      retryable: true,
      detail: expect.stringContaining('2 of 5'),
    });
  });
});
