import { z } from 'zod';
import { preferencesSchema } from '../../shared/model/appInfo.ts';

/** The smallest window in which every view fits, in device-independent pixels. */
export const minWidth = 900;
export const minHeight = 600;

/** Far outside of any desktop; larger numbers are not of a window. */
const maxCoordinate = 100_000;

export const windowMemorySchema = z.strictObject({
  x: z.int().min(-maxCoordinate).max(maxCoordinate),
  y: z.int().min(-maxCoordinate).max(maxCoordinate),
  width: z.int().min(minWidth).max(maxCoordinate),
  height: z.int().min(minHeight).max(maxCoordinate),
  isMaximized: z.boolean(),
  theme: preferencesSchema.shape.theme,
});

/** The bounds of the window when it is not maximised, whether it is, and the scheme it was drawn in. */
export type WindowMemory = z.infer<typeof windowMemorySchema>;
