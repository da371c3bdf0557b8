import type { DataSourceFields } from '../../shared/model/dataSource.ts';

type Endpoint = Pick<DataSourceFields, 'host' | 'port' | 'database'>;

/** `db.example.com:5432/shop`; an IPv6 address stands in brackets. */
export function addressText({ host, port, database }: Endpoint): string {
  const bare = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return `${bare}:${port}/${database}`;
}
