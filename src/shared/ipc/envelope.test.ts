import { expect, it } from 'vitest';
import { z } from 'zod';
import { answerSchema, requestSchema } from './envelope.ts';

const error = {
  ...{ code: 'NOT_FOUND', title: 'Gone', detail: '', causes: [], fixes: [] },
  ...{ driverCode: null, retryable: false, correlationId: null },
};

it('answers with the value of the call or with an error, and with nothing else', () => {
  const schema = answerSchema(z.string());
  expect(schema.safeParse({ ok: true, value: 'a' }).success).toBe(true);
  expect(schema.safeParse({ ok: false, error }).success).toBe(true);
  for (const answer of [
    { ok: true, value: 1 },
    { ok: true, error },
    { ok: false, value: 'a' },
    { ok: false, error: { ...error, stack: 'at …' } },
    { ok: true, value: 'a', secret: 'b' },
  ]) {
    expect(schema.safeParse(answer).success).toBe(false);
  }
});

it('takes a request with the id of a call and an input alone', () => {
  const callId = 'b3f0c2de-54f1-4b0f-9b57-3f6f1f7f2c11';
  expect(requestSchema.safeParse({ callId, input: null }).success).toBe(true);
  expect(requestSchema.safeParse({ callId: '', input: null }).success).toBe(false);
  expect(requestSchema.safeParse({ callId, input: null, name: 'x' }).success).toBe(false);
});
