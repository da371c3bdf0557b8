/** Orders names as people count and write: upper and lower case alike, `db 2` before `db 10`. */
export const compareNames: (left: string, right: string) => number = new Intl.Collator('en', {
  numeric: true,
  sensitivity: 'base',
}).compare;
