import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { invalidFields } from './doorErrors.ts';

/** The lines that tell what is wrong with `value`. */
function problemsOf(schema: z.ZodType, value: unknown): string[] {
  const { error } = schema.safeParse(value);
  return error === undefined ? [] : (invalidFields(error).detail ?? '').split('\n');
}

describe('invalidFields', () => {
  it('names the first five fields that are wrong, each on a line', () => {
    const problems = problemsOf(z.array(z.array(z.number('No number'))), [['a', 1, 'b', 'c', 'd', 'e', 'f']]);
    expect(problems).toEqual([0, 2, 3, 4, 5].map((index) => `0.${index}: No number`));
  });

  it('names no field where the whole input is wrong', () => {
    expect(problemsOf(z.null('Nothing expected'), 'x')).toEqual(['Nothing expected']);
  });
});
