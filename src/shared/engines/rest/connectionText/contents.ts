import { ConnectionTextRefused } from '../../../connectionText/ConnectionTextRefused.ts';
import type { ConnectionContents } from '../../../connectionText/reading.ts';
import type { LeftOut } from '../../../connectionText/vocabulary.ts';
import type { CurlAuth } from '../../../curl/curlAuth.ts';
import { secretValueSchema } from '../../../model/dataSource.ts';
import type { Resource } from '../../../model/resources.ts';
import type { RestFieldKey } from '../authFields.ts';
import { restConfigSchema } from '../config.ts';

type Values = Partial<Record<RestFieldKey, string>>;

export interface ApiAddress {
  /** Without query, user and password. */
  readonly baseUrl: string;
  readonly auth: CurlAuth | null;
  readonly resource: Resource | null;
  readonly leftOut: readonly LeftOut[];
  readonly notes: readonly string[];
}

/**
 * The data source for an API, as values for the fields of its form.
 * @throws ConnectionTextRefused for an address that the configuration does not take
 */
export function contentsOfApi(address: ApiAddress): ConnectionContents {
  const { auth, resource, leftOut, notes } = address;
  const baseUrl = checkedBaseUrl(address.baseUrl);
  const [values, secrets] = loginOf(auth);
  const named: Values = {
    baseUrl,
    ...values,
    ...(resource !== null && { resources: JSON.stringify([resource]) }),
  };
  const isEncrypted = baseUrl.startsWith('https:');
  return {
    values: { ...unnamed, ...named },
    taken: new Set([...Object.keys(named), ...(Object.keys(secrets).length > 0 ? ['secrets'] : [])]),
    timeouts: {},
    pool: {},
    readOnly: false,
    secrets,
    leftOut,
    notes: isEncrypted ? notes : [...notes, 'Plain http is not encrypted.'],
  };
}

/** Fields of the address that a text may leave open. */
const unnamed: Values = {
  auth: 'none',
  keyPlace: 'header',
  keyName: 'X-API-Key',
  user: '',
  tlsMode: 'verify-full',
  caPem: '',
};

function checkedBaseUrl(text: string): string {
  const result = restConfigSchema.shape.baseUrl.safeParse(text);
  if (result.success) return result.data;
  throw new ConnectionTextRefused(
    result.error.issues[0]?.message ?? 'The address cannot be read',
    'Check the address: it should be like https://api.example.com/v1.',
  );
}

function loginOf(auth: CurlAuth | null): [Values, Record<string, string>] {
  switch (auth?.type) {
    case 'basic':
      return [{ auth: 'basic', user: auth.user }, secretsOf('password', auth.password)];
    case 'bearer':
      return [{ auth: 'bearer' }, secretsOf('token', auth.token)];
    case 'api-key':
      return [{ auth: 'api-key', keyPlace: auth.place, keyName: auth.name }, secretsOf('apiKey', auth.value)];
    default:
      return [{}, {}];
  }
}

function secretsOf(field: string, value: string): Record<string, string> {
  if (value === '') return {};
  if (secretValueSchema.safeParse(value).success) return { [field]: value };
  throw new ConnectionTextRefused(
    'The key or the password in the text cannot be used',
    'It is too long, or contains invisible characters. Enter it in its own field.',
  );
}
