/** Every key of a flat data source; none is optional. */
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

type FlatFields = Readonly<Record<(typeof flatKeys)[number], unknown>>;

/**
 * A data source as versions before there were engines wrote it, in the store (up to format 3) and in export files
 * (version 1), in the shape of today; null for what does not have the old shape. What the values must be is not checked.
 *
 * Signatures depend on it byte for byte: it never changes, neither what it takes nor the order of its keys.
 */
export function fieldsOfFlat(flat: unknown): object | null {
  if (!isFlat(flat)) return null;
  const { kind, name, host, port, database, user, tls, demo, ...common } = flat;
  const { pool, timeouts, color, environment, readOnly } = common;
  return {
    name,
    engine: { kind, config: { host, port, database, user, tls } },
    origin: demo === true ? 'demo' : 'personal',
    pool,
    timeouts,
    color,
    environment,
    readOnly,
  };
}

function isFlat(value: unknown): value is FlatFields {
  if (typeof value !== 'object' || value === null) return false;
  const hasAll = flatKeys.every((key) => Object.hasOwn(value, key));
  if (!hasAll || Object.keys(value).length !== flatKeys.length) return false;
  // Anything else would become one of the person's own, whatever it stood for.
  return 'demo' in value && typeof value.demo === 'boolean';
}
