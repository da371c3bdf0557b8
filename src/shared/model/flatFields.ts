/**
 * Data sources as versions before there were engines wrote them, in the store (up to format 3) and in export files
 * (version 1): one flat object with these keys.
 */
const flatKeys = [
  'kind',
  'name',
  'host',
  'port',
  'database',
  'user',
  'tls',
  'pool',
  'timeouts',
  'color',
  'environment',
  'readOnly',
  'demo',
] as const;

/** Whether it has exactly the old shape; what the values must be is not checked. */
export function isFlat(value: unknown): value is Record<(typeof flatKeys)[number], unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const hasAll = flatKeys.every((key) => Object.hasOwn(value, key));
  return hasAll && Object.keys(value).length === flatKeys.length;
}

/**
 * The same in the shape of today. What does not belong there stays, for the model's schema to refuse.
 *
 * Signatures depend on what it makes of a flat object, byte for byte: it never changes, and neither does the order of
 * its keys.
 */
export function fieldsOfFlat(flat: Readonly<Record<string, unknown>>): object {
  const { kind, host, port, database, user, tls, demo, ...common } = flat;
  const { name, pool, timeouts, color, environment, readOnly, ...unknown } = common;
  return {
    ...unknown,
    name,
    engine: { kind, config: { host, port, database, user, tls } },
    origin: originOf(demo),
    pool,
    timeouts,
    color,
    environment,
    readOnly,
  };
}

function originOf(demo: unknown): unknown {
  if (typeof demo !== 'boolean') return demo;
  return demo ? 'demo' : 'personal';
}
