/** Headers in the order in which they are sent; names may repeat. */
export type HeaderLines = readonly (readonly [name: string, value: string])[];
