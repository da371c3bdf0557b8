/** `db.example.com:5432`; an IPv6 address stands in brackets. */
export function hostAndPort(host: string, port: number): string {
  const bare = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return `${bare}:${port}`;
}
