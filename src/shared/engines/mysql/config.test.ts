import { describe, expect, it } from 'vitest';
import { mysqlConfigSchema } from './config.ts';

const { socketPath, timeZone } = mysqlConfigSchema.shape;

describe('the path of a socket', () => {
  it('is absolute, and no longer than the kernel takes', () => {
    expect(socketPath.safeParse(`/${'x'.repeat(106)}`).success).toBe(true);
    expect(socketPath.safeParse(`/${'x'.repeat(107)}`).success).toBe(false);
    expect(socketPath.safeParse('run/mysqld.sock').success).toBe(false);
    expect(socketPath.safeParse(null).success).toBe(true);
  });
});

describe('a time zone', () => {
  it.each(['Europe/Berlin', 'UTC', 'Etc/GMT+5', '+02:00', '-11:30', 'America/Argentina/Buenos_Aires'])(
    'may be %s',
    (zone) => {
      expect(timeZone.safeParse(zone).success).toBe(true);
    },
  );

  it.each([
    '',
    '02:00',
    '+2:00',
    '+02:00x',
    "UTC'; drop table a",
    'Europe/',
    '/Berlin',
    'a b',
    'x'.repeat(65),
  ])('is not %j', (zone) => {
    expect(timeZone.safeParse(zone).success).toBe(false);
  });
});
