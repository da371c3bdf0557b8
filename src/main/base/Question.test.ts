import { describe, expect, it } from 'vitest';
import { neverAborted } from './abort.ts';
import { requireConsent } from './Question.ts';

describe('requireConsent', () => {
  const question = { question: 'Sure?', detail: 'It is gone then.', confirmLabel: 'Delete' };

  it('asks the question it was given, and goes on when the person agrees', async () => {
    const asked: unknown[] = [];
    const ask = async (...arguments_: unknown[]) => asked.push(arguments_) > 0;
    await requireConsent(ask, question, neverAborted);
    expect(asked).toEqual([[question, neverAborted]]);
  });

  it('is CANCELLED when the person does not', async () => {
    const refused = requireConsent(() => Promise.resolve(false), question, neverAborted);
    await expect(refused).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
