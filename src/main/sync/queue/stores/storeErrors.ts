import { AppError, type AppErrorDetails, isAppError } from '../../../base/AppError.ts';
import { systemCodeOf } from '../../../base/files/fileErrors.ts';
import type { QueueStore } from '../QueueStore.ts';
import type { QueueBackends } from './QueueBackends.ts';

type Words = Pick<AppErrorDetails, 'title' | 'detail' | 'causes' | 'fixes' | 'retryable'> & {
  readonly fixes: readonly string[];
};

/** What a failure means, by its code: an errno, one of OpenSSL or Node, a SQLSTATE, or the first word of a Redis error. */
const failures: readonly { readonly codes: readonly string[]; readonly words: (place: string) => Words }[] = [
  {
    codes: ['ECONNREFUSED'],
    words: (place) => ({
      title: `The connection to ${place} was refused`,
      causes: ['The server of the queue is not running.', 'The port is another one.'],
      fixes: ['Start the server, or check host and port in the settings of pipelines.'],
      retryable: true,
    }),
  },
  {
    codes: ['ENOTFOUND', 'EAI_AGAIN'],
    words: (place) => ({
      title: `${place} was not found`,
      causes: [
        'The host name is misspelt.',
        'This computer is offline, or not in the network of the server.',
      ],
      fixes: [
        'Check the host in the settings of pipelines.',
        'Connect to the network or the VPN of the server.',
      ],
      retryable: true,
    }),
  },
  {
    codes: ['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
    words: (place) => ({
      title: `${place} does not answer`,
      causes: ['A firewall drops the connection.', 'This computer is not in the network of the server.'],
      fixes: ['Check host and port.', 'Connect to the network or the VPN of the server.'],
      retryable: true,
    }),
  },
  {
    codes: [
      ...['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
      ...['UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'CERT_UNTRUSTED'],
    ],
    words: (place) => ({
      title: `The certificate of ${place} is not trusted`,
      causes: ['It comes from an authority of your own.', 'Somebody else answers instead of the server.'],
      fixes: ['Choose the certificate of the authority in the settings of pipelines.'],
    }),
  },
  {
    codes: ['ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH'],
    words: (place) => ({
      title: `The certificate does not belong to ${place}`,
      causes: ['The host is written in another way than in the certificate.', 'Somebody else answers.'],
      fixes: ['Use a host name that the certificate names.'],
    }),
  },
  {
    codes: ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'],
    words: (place) => ({
      title: `The certificate of ${place} is not valid now`,
      causes: ['It has expired.', 'The clock of this computer is wrong.'],
      fixes: ['Renew the certificate of the server.', 'Check the clock.'],
    }),
  },
  {
    codes: ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'EPROTO'],
    words: (place) => ({
      title: `${place} does not speak TLS`,
      causes: ['The server has another port for TLS.', 'TLS is turned off there.'],
      fixes: ['Turn TLS on at the server, or use its port for TLS.'],
    }),
  },
  {
    codes: ['28P01', '28000', 'WRONGPASS', 'NOAUTH'],
    words: (place) => ({
      title: `${place} refused the log-in`,
      causes: ['User or password is wrong.', 'The user may not log in from this computer.'],
      fixes: [
        'Type the password again in the settings of pipelines.',
        'Ask the administrator of the server.',
      ],
    }),
  },
  {
    codes: ['3D000'],
    words: (place) => ({
      title: `${place} has no such database`,
      fixes: ['Check the database in the settings of pipelines.', 'Create the database.'],
    }),
  },
  { codes: ['42501', 'NOPERM'], words: rightsWords },
  { codes: ['READONLY', '25006'], words: readOnlyWords },
  {
    codes: ['OOM', 'MISCONF', '53100', '53200'],
    words: (place) => ({
      title: `${place} is full`,
      detail: 'The server has no memory or no disk space left for the queue.',
      fixes: ['Give the server more memory or disk space.'],
      retryable: true,
    }),
  },
  {
    codes: ['53300'],
    words: (place) => ({
      title: `${place} accepts no more connections`,
      detail: 'The app and each worker need up to six connections.',
      fixes: ['Allow more connections at the server.'],
      retryable: true,
    }),
  },
  {
    codes: ['LOADING', 'MASTERDOWN', '57P01', '57P02', '57P03'],
    words: (place) => ({
      title: `${place} is starting or stopping`,
      fixes: ['Wait a moment: Mooring tries again by itself.'],
      retryable: true,
    }),
  },
  {
    codes: ['MOVED', 'CROSSSLOT', 'CLUSTERDOWN'],
    words: (place) => ({
      title: `${place} is a cluster`,
      detail: 'The queue needs a server that holds all keys.',
      fixes: ['Name a Redis or a Valkey that is not in cluster mode.'],
    }),
  },
];

function rightsWords(place: string): Words {
  return {
    title: `The user has too few rights at ${place}`,
    detail:
      'Redis: all commands for the keys bull:mooring-*, and INFO. PostgreSQL: CREATE in the database, or in its schema “bullmq”.',
    fixes: ['Ask the administrator of the server for these rights.'],
  };
}

function readOnlyWords(place: string): Words {
  return {
    title: `${place} can only be read`,
    causes: ['It is a replica.'],
    fixes: ['Name the primary server in the settings of pipelines.'],
  };
}

/** Why a store cannot be used, or not now. One that is an error of ours comes back as it is. */
export function storeError(error: unknown, store: Pick<QueueStore, 'host' | 'port' | 'tls'>): AppError {
  if (isAppError(error)) return error;
  const place = `${store.host}, port ${store.port}`;
  const code = storeCodeOf(error);
  const known = failures.find(({ codes }) => code !== null && codes.includes(code));
  const words = known?.words(place) ?? unansweredWords(place, store.tls.mode === 'verified');
  return new AppError('QUEUE_UNAVAILABLE', { ...words, driverCode: code, cause: error });
}

/** The connection closed, or did not answer, and nobody said why. */
function unansweredWords(place: string, hasTls: boolean): Words {
  return {
    title: `${place} cannot be used as the queue`,
    detail: 'The server closed the connection, or did not answer in time.',
    causes: [
      'Another kind of server listens there.',
      hasTls ? 'The server does not speak TLS on this port.' : 'The server wants TLS.',
      'The log-in is of a kind that gives the password away without TLS.',
    ],
    fixes: ['Check kind, host, port and TLS in the settings of pipelines.'],
    retryable: true,
  };
}

/** @returns null where there is none */
export function storeCodeOf(error: unknown): string | null {
  const isReply = error instanceof Error && error.name === 'ReplyError';
  return (isReply ? /^[A-Z]+(?= )/.exec(error.message)?.[0] : systemCodeOf(error)) ?? null;
}

/** The driver attaches the command that failed to an error: AUTH has the password, a job its sealed bundle. */
export function withoutArguments(error: unknown): unknown {
  if (error instanceof Error && 'command' in error) error.command = undefined;
  return error;
}

export const oldStore = ({ product, version }: QueueBackends['server'], oldest: string): AppError =>
  new AppError('QUEUE_UNAVAILABLE', {
    title: `This ${product} is too old for the queue`,
    detail: `It is version ${version}; the queue needs ${oldest} or newer.`,
    fixes: ['Upgrade the server, or name another one.'],
  });

export const evictingStore = ({ product }: QueueBackends['server'], policy: string): AppError =>
  new AppError('QUEUE_UNAVAILABLE', {
    title: `This ${product} may forget runs`,
    detail: `It removes keys when its memory is full: its setting maxmemory-policy is “${policy}”.`,
    fixes: ['Set maxmemory-policy to “noeviction”.'],
  });

export const otherDatabase = (database: number, cause: unknown): AppError =>
  new AppError('QUEUE_UNAVAILABLE', {
    title: `The server has no database ${database}`,
    fixes: ['Choose another number; most servers have 0 to 15, and some only 0.'],
    driverCode: storeCodeOf(cause),
    cause,
  });

const asUnavailable = (words: Words): AppError => new AppError('QUEUE_UNAVAILABLE', words);
export const readOnlyStore = (): AppError => asUnavailable(readOnlyWords('The server'));
/** @param grants what the user lacks, in the words of the server, without the user */
export const missingRights = (grants: readonly string[]): AppError =>
  asUnavailable({
    ...rightsWords('the server'),
    detail: `It lacks: ${grants.join('; ')}.`,
    fixes: ['Ask the administrator of the server for these rights.'],
  });
