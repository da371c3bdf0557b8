import { z } from 'zod';

/** Longest text of figures that is saved, in characters: a thousand points of all series have half of it. */
export const maxFiguresLength = 1_000_000;
/** Largest picture of a chart, in characters of base64: a screen of the highest resolution has a tenth of it. */
export const maxPictureLength = 4_000_000;

/** Series as CSV, as the window shows them. */
export const figuresFileSchema = z.strictObject({ text: z.string().min(1).max(maxFiguresLength) });

/** A chart as a PNG, in base64. */
export const pictureFileSchema = z.strictObject({ png: z.base64().min(1).max(maxPictureLength) });

/** The name of the file; null when the person named none. */
export const chartFileSchema = z.strictObject({ fileName: z.string() }).nullable();
