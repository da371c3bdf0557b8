import { describe, expect, it } from 'vitest';
import { neverAborted } from '../abort.ts';
import { Turnstile } from './Turnstile.ts';

/** A turnstile with what became of each visitor, in order. */
function watched() {
  const turnstile = new Turnstile();
  const seen: string[] = [];
  const visit = (name: string, signal: AbortSignal = neverAborted) =>
    turnstile.pass({
      signal,
      enter: () => seen.push(`${name} in`),
      refuse: (reason) => seen.push(`${name} ${(reason as { code: string }).code}`),
    });
  return { turnstile, seen, visit };
}

describe('Turnstile', () => {
  it('lets one through at a time, in the order they came', () => {
    const { turnstile, seen, visit } = watched();
    for (const name of ['a', 'b', 'c']) visit(name);
    expect(seen).toEqual(['a in']);
    turnstile.leave();
    turnstile.leave();
    expect(seen).toEqual(['a in', 'b in', 'c in']);
    expect(turnstile.isTaken).toBe(true);
    turnstile.leave();
    expect(turnstile.isTaken).toBe(false);
  });

  it('forgets who gives up while waiting', () => {
    const { turnstile, seen, visit } = watched();
    const controller = new AbortController();
    visit('a');
    visit('b', controller.signal);
    visit('c');
    controller.abort();
    turnstile.leave();
    expect(seen).toEqual(['a in', 'b CANCELLED', 'c in']);
  });

  it('does not let in who has given up before', () => {
    const { turnstile, seen, visit } = watched();
    visit('a', AbortSignal.abort());
    expect(seen).toEqual(['a CANCELLED']);
    expect(turnstile.isTaken).toBe(false);
  });

  it('sends everybody away who waits, and goes on', () => {
    const { turnstile, seen, visit } = watched();
    const controller = new AbortController();
    visit('a');
    visit('b', controller.signal);
    visit('c');
    turnstile.dismiss({ code: 'GONE' });
    controller.abort();
    visit('d');
    turnstile.leave();
    expect(seen).toEqual(['a in', 'b GONE', 'c GONE', 'd in']);
  });
});
