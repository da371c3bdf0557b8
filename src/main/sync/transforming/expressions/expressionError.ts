import { AppError } from '../../../base/AppError.ts';

/** An expression that cannot be read, or whose types do not fit. @param at of the text, in UTF-16 units from 0 */
export function expressionError(text: string, at: number, problem: string): AppError {
  const before = text.slice(0, at).split('\n');
  const place = `line ${before.length}, character ${(before.at(-1) ?? '').length + 1}`;
  return new AppError('PIPELINE_INVALID', {
    title: 'The expression cannot be used',
    detail: `At ${place}: ${problem}`,
    fixes: ['Correct the expression in the column of the pipeline.'],
    position: at,
  });
}

/** A value that an expression cannot be worked out for; its row is rejected with the message. */
export class ValueRefused extends Error {
  override readonly name = 'ValueRefused';
}
