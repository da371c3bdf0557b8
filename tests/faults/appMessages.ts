import { z } from 'zod';
import { callNames } from '../../src/shared/ipc/contract.ts';
import { answerSchema } from '../../src/shared/ipc/envelope.ts';
import { runSchema } from '../../src/shared/model/runs.ts';

/** What a test and the app in a process of its own say to each other. */

/** A call, as the window makes it. */
export const toAppSchema = z.strictObject({ id: z.int(), name: z.enum(callNames), input: z.unknown() });

export const fromAppSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('answer'), id: z.int(), answer: answerSchema(z.unknown()) }),
  z.strictObject({ type: z.literal('run'), run: runSchema }),
]);
