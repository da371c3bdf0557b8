import { z } from 'zod';

/**
 * One labelled value that a server says about itself, a session or a relation. The engine names it by a key; the words
 * for the key stand in the engine's text. Null is "not known": the server refused to say.
 */
export const factSchema = z.strictObject({
  key: z.string().max(40),
  value: z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('text'), text: z.string() }),
      z.strictObject({ type: z.literal('flag'), isOn: z.boolean() }),
      z.strictObject({ type: z.literal('count'), count: z.number() }),
      z.strictObject({ type: z.literal('bytes'), count: z.number() }),
      /** Epoch milliseconds. */
      z.strictObject({ type: z.literal('moment'), at: z.number() }),
    ])
    .nullable(),
});
export type Fact = z.infer<typeof factSchema>;
