/** How much longer than a value what a `ByteConverter` makes of it may be. */
export const converterBytes = 8;
