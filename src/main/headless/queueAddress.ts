import type { z } from 'zod';
import { type SharedPlace, sharedPlaceSchema } from '../../shared/model/queueSettings.ts';
import { commandError } from './commandErrors.ts';

const ports: Readonly<Record<string, number>> = { redis: 6_379, postgres: 5_432 };
const kinds: Readonly<Record<string, SharedPlace['type']>> = {
  'redis:': 'redis',
  'rediss:': 'redis',
  'postgres:': 'postgres',
  'postgresql:': 'postgres',
};

/**
 * The address of a queue as people write it. TLS is either off or verified, never tried.
 * @param caPem authorities to trust instead of the system's; null: those of the system
 * @throws INVALID_INPUT
 */
export function readQueueAddress(text: string, caPem: string | null): SharedPlace {
  const url = URL.canParse(text) ? new URL(text) : null;
  const type = url === null ? undefined : kinds[url.protocol];
  if (url === null || type === undefined) {
    throw commandError('--queue: an address begins with redis://, rediss:// or postgres://.');
  }
  if (url.password !== '') {
    throw commandError(
      '--queue: everybody on this computer can read a password there. Use --queue-password-file.',
    );
  }
  const isProtected = protectionOf(url);
  if (!isProtected && caPem !== null) throw commandError('--ca-file: the queue is reached without TLS.');
  const common = {
    type,
    host: decoded(url.hostname).replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? ports[type] : Number(url.port),
    user: url.username === '' ? null : decoded(url.username),
    tls: isProtected ? { mode: 'verified', caPem } : { mode: 'off' },
  };
  const name = decoded(url.pathname.slice(1));
  const place = type === 'redis' ? { ...common, database: Number(name) } : { ...common, database: name };
  const parsed = sharedPlaceSchema.safeParse(place);
  if (parsed.success) return parsed.data;
  throw commandError(`--queue: ${problemOf(parsed.error)}`);
}

function protectionOf(url: URL): boolean {
  const { protocol, searchParams } = url;
  const isRedis = kinds[protocol] === 'redis';
  const [first, ...more] = [...searchParams.entries()];
  if (first === undefined) return protocol !== 'redis:';
  const [name, mode] = first;
  if (isRedis || more.length > 0 || name !== 'sslmode') {
    throw commandError('--queue: the only parameter is ?sslmode=… of postgres://.');
  }
  if (mode === 'disable') return false;
  if (mode === 'verify-full') return true;
  throw commandError('--queue: sslmode is verify-full, or disable.');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const parts: Readonly<Record<string, string>> = {
  host: 'the host is missing or no host name.',
  port: 'the port is a number from 1 to 65535.',
  user: 'the user is missing, or too long.',
  database: 'behind the host stands the database: /0 of Redis, or a name of PostgreSQL.',
  tls: '--ca-file is no PEM certificate.',
};

function problemOf(error: z.ZodError): string {
  const [part] = error.issues[0]?.path ?? [];
  return parts[String(part)] ?? 'the address is not complete.';
}
