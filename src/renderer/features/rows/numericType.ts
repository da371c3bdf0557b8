const numericTypes = /^(?:smallint|integer|bigint|real|double precision|money|oid|numeric(?:\(.*\))?)$/;

/** Whether values of a type line up at the right, as numbers do. */
export const isNumericType = (type: string): boolean => numericTypes.test(type);
