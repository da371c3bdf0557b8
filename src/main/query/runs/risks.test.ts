import { describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../../../../tests/support/FakeClock.ts';
import { sqlLanguageOf } from '../../../shared/engines/sqlLanguages.ts';
import { readStatements } from './risks.ts';

const language = sqlLanguageOf('postgres');

describe('readStatements', () => {
  it('gives others their turn while one long statement is read', async () => {
    const clock = new FakeClock();
    let nowMs = 0;
    vi.spyOn(clock, 'monotonicMs').mockImplementation(() => {
      nowMs += 5;
      return nowMs;
    });
    const text = `DELETE FROM t WHERE a = :first OR a IN (${'1, '.repeat(100_000)} :last)`;
    let turnCount = 0;
    const count = () => {
      turnCount += 1;
      setImmediate(count).unref();
    };
    setImmediate(count).unref();
    const [reading] = await readStatements([{ text, modes: language.modes }], language, clock);
    // 300,000 tokens, gone over twice.
    expect(turnCount).toBeGreaterThan(100);
    expect(reading?.traits).toEqual(language.traits(text));
    expect(reading?.parameters.map(({ name }) => name)).toEqual(['first', 'last']);
  });
});
