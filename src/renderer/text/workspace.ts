import type { TlsMode } from '../../shared/model/dataSource.ts';
import type { PoolStats } from '../../shared/model/poolStats.ts';
import { formatCount, formatDuration, plural, secondsText } from '../lib/format.ts';

const tlsMode: Record<TlsMode, string> = {
  disable: 'Off',
  encrypt: 'Encrypted, server not verified',
  'verify-ca': 'Encrypted, authority verified',
  'verify-full': 'Encrypted, authority and host verified',
};

export const workspaceText = {
  tabs: { overview: 'Overview', schema: 'Schema', metrics: 'Metrics' },
  connect: 'Connect',
  disconnect: 'Disconnect',
  cancelConnect: 'Cancel',
  edit: 'Edit',
  tryNow: 'Try now',
  tryAgain: 'Try again',
  details: 'Details',
  problem: 'Problem with the connection',
  passwordNeeded: 'Password needed',
  enterPassword: 'Enter password…',
  unlockVault: 'Unlock the vault…',
  retryKeychain: 'Try the keychain again',
  integrity: {
    changedTitle: 'Changed outside of Mooring',
    changedMessage:
      'Its settings are not as Mooring saved them: somebody or some program edited the data file, or it was damaged. It does not connect and its password goes nowhere until you have looked at it.',
    review: 'Review and save…',
    accept: 'It is right as it is',
    unsignedMessage:
      'Saved while there was no key to sign it with. Mooring asks you to confirm its address after each start.',
    confirm: 'Confirm',
  },
  damaged: {
    title: 'This data source cannot be read',
    message:
      'What is saved about it is damaged. It is kept as it is and cannot be used; all others go on working. A backup may hold it as it was.',
    problems: 'What is wrong',
    id: (id: string) => `Id ${id}`,
    restore: 'Restore from a backup…',
    remove: 'Remove from the list…',
    copy: 'Copy details',
  },
  copyAddress: 'Copy the address',
  state: {
    connecting: (durationMs: number) => `Connecting… ${Math.floor(durationMs / 1_000)} s`,
    reconnecting: (attempt: number, seconds: number) =>
      `Reconnecting: attempt ${formatCount(attempt)} in ${formatCount(seconds)} s`,
    reconnectingNow: (attempt: number) => `Reconnecting: attempt ${formatCount(attempt)}…`,
    paused: (time: string, seconds: number) => `Paused until ${time} (${formatCount(seconds)} s)`,
    pausedNoMore: 'Trying again…',
  },
  gone: 'This data source is not in the list any more',
  notConnected: {
    title: 'Not connected',
    schemaMessage: 'Connect to browse schemas, tables and rows.',
    metricsMessage: 'Connect to see connections, queries and latency live.',
    connecting: 'Connecting…',
    reconnecting: 'No connection at the moment',
    pendingMessage: 'This fills as soon as the server answers.',
    closing: 'Closing the connections…',
  },
  server: {
    heading: 'Server',
    notConnected: 'Connect to see what the server says about itself.',
    pending: 'Shown as soon as the server answers.',
    cancelled: 'Asking the server was cancelled.',
    version: 'Version',
    database: 'Database',
    user: 'User',
    encoding: 'Encoding',
    encodings: (server: string, client: string) =>
      server === client ? server : `${server} (client ${client})`,
    timeZone: 'Time zone',
    started: 'Started',
    up: (uptime: string) => `up ${uptime}`,
    unknown: 'Not known',
    tls: 'Encryption',
    tlsOff: 'None: everything can be read on the way',
    verified: {
      none: 'the server was not verified',
      ca: 'authority verified',
      full: 'authority and host verified',
    },
    access: 'Access',
    readOnly: 'Read-only',
    readOnlyButServer: 'Read-only, but this user can write files and run programs on the server',
    readWrite: 'Read and write',
    superuser:
      'This user is a superuser: nothing on the server is protected from it. Prefer a user with fewer rights.',
  },
  connection: {
    heading: 'Connection',
    host: 'Host',
    address: (host: string, port: number) => `${host}, port ${port}`,
    database: 'Database',
    user: 'User',
    password: 'Password',
    stored: 'Stored in the vault',
    none: 'None',
    tls: 'Encryption',
    tlsMode,
    ownAuthority: 'own certificate authority',
    readOnly: 'Sessions',
    readOnlyOn: 'Read-only',
    readOnlyOff: 'As the server allows',
    connectTimeout: 'Connect time-out',
    queryTimeout: 'Query time-out',
    idleTransactionTimeout: 'Idle transaction',
  },
  pool: {
    heading: 'Connection pool',
    bar: (inUse: number, idle: number, connecting: number, max: number) =>
      `${formatCount(inUse)} in use, ${formatCount(idle)} idle, ${formatCount(connecting)} connecting, of at most ${formatCount(max)}`,
    inUse: 'In use',
    idle: 'Idle',
    connecting: 'Connecting',
    waiting: 'Waiting',
    limits: 'Size',
    limitsValue: (min: number, max: number) => `${formatCount(min)} to ${formatCount(max)}`,
    target: 'Target',
    targetValue: ({ target, ceiling, max }: PoolStats) =>
      ceiling < max
        ? `${formatCount(target)}; the server grants ${formatCount(ceiling)}`
        : formatCount(target),
    leaked: 'Leaked',
    idleTimeout: 'Idle time-out',
    acquireTimeout: 'Longest wait',
  },
  health: {
    heading: 'Health',
    roundTrip: 'Last round trip',
    queries: 'Queries, last 5 min',
    /** Cancelled ones are named only where there are any. */
    queryCount: (count: number, cancelCount: number) =>
      cancelCount === 0 ? formatCount(count) : `${formatCount(count)}, ${formatCount(cancelCount)} cancelled`,
    errors: 'Errors, last 5 min',
    latency: 'Latency p50 / p95',
    connectedSince: 'Connected since',
    none: '–',
  },
  duration: (durationMs: number) => formatDuration(durationMs),
  setting: (durationMs: number) => `${secondsText(durationMs)} s`,
  uptime: {
    days: (days: number, hours: number) => `${plural(days, 'day', 'days')} ${hours} h`,
    hours: (hours: number, minutes: number) => `${hours} h ${minutes} min`,
    minutes: (minutes: number) => `${minutes} min`,
  },
};
