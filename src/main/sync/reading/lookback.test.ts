import { describe, expect, it } from 'vitest';
import type { LogicalType } from '../../../shared/model/columnTypes.ts';
import { mysqlTypes } from '../../connectors/mysql/logicalTypes.ts';
import { postgresTypes } from '../../connectors/postgres/logicalTypes.ts';
import type { ColumnTypes } from '../../connectors/TableWriter.ts';
import { valueBefore } from './lookback.ts';

const earlier = (
  cursor: string,
  lookback: number,
  declared: string,
  types: ColumnTypes = postgresTypes,
): string => {
  const type: LogicalType = types.logical(declared);
  return valueBefore(cursor, lookback, { name: 'c', declared, type, isNullable: true }, types);
};

describe('The value before a cursor', () => {
  it('is exact for numbers of any size', () => {
    expect(earlier('9007199254740993', 1, 'bigint')).toBe('9007199254740992');
    expect(earlier('0.50', 3, 'numeric(38,10)')).toBe('-2.50');
  });

  it('goes over days, months and leap years', () => {
    expect(earlier('2024-03-01 00:00:00.25', 1, 'timestamp without time zone')).toBe(
      '2024-02-29 23:59:59.25',
    );
    expect(earlier('2024-03-01', 1, 'date')).toBe('2024-02-29');
    expect(earlier('2024-03-01', 86_401, 'date')).toBe('2024-02-28');
    expect(earlier('2024-01-01 00:00:00', 60, 'datetime(6)', mysqlTypes)).toBe('2023-12-31 23:59:00');
  });

  it('is the same moment whatever zone the server writes', () => {
    expect(earlier('2026-01-01 14:00:00.1+02', 300, 'timestamp with time zone')).toMatch(
      /^2026-01-01 11:55:00\.1(?:Z|\+00)$/,
    );
  });

  it('is refused where there is none', () => {
    expect(() => earlier('infinity', 1, 'date')).toThrow('The cursor has no look-back');
    expect(earlier('infinity', 0, 'date')).toBe('infinity');
  });
});
