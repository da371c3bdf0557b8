import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../../../tests/support/FakeClock.ts';
import type { HeaderLines } from '../../HeaderLines.ts';
import { headerOf } from '../../HeaderLines.ts';
import { RequestBreaker } from './RequestBreaker.ts';
import { RequestTokens } from './RequestTokens.ts';
import { rateNoteOf, retryAfterMs } from './rateHeaders.ts';
import { backoffMs, unnamedPauseMs } from './requestBackoff.ts';

const noon = Date.UTC(2026, 9, 1, 12);
const of = (headers: Readonly<Record<string, string>>): HeaderLines => Object.entries(headers);

describe('Retry-After', () => {
  it.each([
    ['2', 2_000],
    ['0.5', 500],
    ['Thu, 01 Oct 2026 12:00:03 GMT', 3_000],
    ['soon', null],
    ['0', null],
    ['-5', null],
    ['Thu, 01 Oct 2026 11:00:00 GMT', null],
    ['2026', 2_026_000],
    ['1e9', null],
  ])('%s', (text, expected) => {
    expect(retryAfterMs(of({ 'Retry-After': text }), noon)).toBe(expected);
  });

  it('counts from the time of the server, whatever this computer has for it', () => {
    const headers = of({
      Date: 'Thu, 01 Oct 2026 15:00:00 GMT',
      'Retry-After': 'Thu, 01 Oct 2026 15:00:04 GMT',
    });
    expect(retryAfterMs(headers, noon)).toBe(4_000);
  });
});

describe('what an API says of its limit', () => {
  it.each([
    [
      { 'RateLimit-Remaining': '4', 'RateLimit-Reset': '30' },
      { remaining: 4, resetMs: 30_000 },
    ],
    [
      { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': String(noon / 1_000 + 7) },
      { remaining: 0, resetMs: 7_000 },
    ],
    [
      { 'X-Rate-Limit-Remaining': '0', 'X-Rate-Limit-Reset': String(noon + 9) },
      { remaining: 0, resetMs: 9 },
    ],
    [{ RateLimit: '"default";r=50;t=30' }, { remaining: 50, resetMs: 30_000 }],
    [{ RateLimit: 'limit=100, remaining=50, reset=30' }, { remaining: 50, resetMs: 30_000 }],
    [{ 'X-RateLimit-Remaining': 'many' }, { remaining: null, resetMs: null }],
    [
      { 'RateLimit-Remaining': '0', 'RateLimit-Reset': '99999999' },
      { remaining: 0, resetMs: null },
    ],
    [{ 'Content-Type': 'text/plain' }, { remaining: null, resetMs: null }],
  ])('%j', (headers, expected) => {
    expect(rateNoteOf(of(headers), noon)).toEqual(expected);
  });

  it('is found whatever the case of its name, and joined where it came twice', () => {
    expect(
      headerOf(
        [
          ['aCCept', 'a'],
          ['Accept', 'b'],
        ],
        'accept',
      ),
    ).toBe('a, b');
    expect(headerOf([], 'accept')).toBeNull();
  });
});

describe('RequestTokens', () => {
  let clock: FakeClock;
  let tokens: RequestTokens;

  beforeEach(() => {
    clock = new FakeClock();
    tokens = new RequestTokens(clock);
    tokens.configure({ requests: 3, seconds: 10 });
  });

  it('lets through at once what the rate allows, and the next when the first token is back', async () => {
    tokens.take();
    await clock.advance(4_000);
    tokens.take();
    tokens.take();
    expect(tokens.waitMs()).toBe(6_000);
    await clock.advance(6_000);
    expect(tokens.waitMs()).toBe(0);
    tokens.take();
    expect(tokens.waitMs()).toBe(4_000);
  });

  it('knows no limit without a rate', () => {
    tokens.configure(null);
    for (let count = 0; count < 10; count += 1) tokens.take();
    expect(tokens.waitMs()).toBe(0);
  });
});

describe('RequestBreaker', () => {
  it('opens after five failures in a row, for longer each time, and closes with a success', async () => {
    const clock = new FakeClock();
    const breaker = new RequestBreaker(clock, () => 1);
    for (let count = 0; count < 4; count += 1) breaker.failed();
    breaker.succeeded();
    for (let count = 0; count < 4; count += 1) breaker.failed();
    expect(breaker.remainingMs()).toBe(0);
    breaker.failed();
    const first = breaker.remainingMs();
    expect(first).toBe(2_000);
    await clock.advance(first);
    expect(breaker.remainingMs()).toBe(0);
    breaker.failed();
    expect(breaker.remainingMs()).toBe(4_000);
    breaker.succeeded();
    expect(breaker.remainingMs()).toBe(0);
  });
});

describe('pauses before a request is sent again', () => {
  it('have full jitter under a ceiling that doubles up to 30 s', () => {
    expect([1, 2, 3, 7, 100].map((attempt) => backoffMs(attempt, () => 1))).toEqual([
      500, 1_000, 2_000, 30_000, 30_000,
    ]);
    expect(backoffMs(3, () => 0)).toBe(0);
  });

  it('are never none where the API asked for one', () => {
    expect(unnamedPauseMs(1, () => 0)).toBe(500);
    expect(unnamedPauseMs(2, () => 0)).toBe(1_000);
  });
});
