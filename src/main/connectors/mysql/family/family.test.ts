import { describe, expect, it } from 'vitest';
import { buildOf } from './builds.ts';
import { describeFamily } from './describeFamily.ts';

/** What these servers say stands in their documentation. */
const described = (version: string, more: { comment?: string; baseFolder?: string; greeter?: string } = {}) =>
  describeFamily({
    version,
    ...{ comment: null, baseFolder: null, greeter: null, ...more },
    server: { build: buildOf(version).name, greeting: version, pooler: null, keepsTimeLimits: true },
  });

describe('describeFamily', () => {
  it('names what speaks the protocol of MySQL, and what it cannot do', () => {
    expect(described('8.0.11-TiDB-v8.5.1')).toEqual({
      product: 'TiDB',
      versionNumber: '8.5.1',
      family: { protocol: 'MySQL', parts: [], limits: ['routines', 'readOnly', 'activity'] },
    });
    expect(described('8.0.40-Vitess')).toMatchObject({
      product: 'Vitess',
      versionNumber: '8.0.40',
      family: { protocol: 'MySQL', limits: ['routines', 'foreignKeys', 'activity'] },
    });
  });

  it('names products and hosts of servers', () => {
    expect(described('8.4.3', { comment: 'Percona Server (GPL), Release 3' }).product).toBe('Percona Server');
    expect(described('11.4.2-MariaDB-log')).toMatchObject({ product: 'MariaDB', versionNumber: '11.4.2' });
    const host = (version: string, more = {}) => described(version, more).family.parts[0]?.name;
    expect(host('8.0.28', { baseFolder: '/rdsdbbin/oscar-8.0.mysql_aurora.3.04.0/' })).toBe('Amazon Aurora');
    expect(host('8.0.35', { baseFolder: '/rdsdbbin/mysql-8.0.35.R2/' })).toBe('Amazon RDS');
    expect(host('8.0.31-google')).toBe('Google Cloud SQL');
    expect(host('8.0.35', { greeter: '(ProxySQL)' })).toBe('ProxySQL');
    expect(host('8.0.35')).toBeUndefined();
  });
});
