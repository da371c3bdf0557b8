import type { PoolStats } from '../../shared/model/poolStats.ts';
import type { TlsMode } from '../../shared/model/tls.ts';
import { formatCount, formatDuration, plural, secondsText } from '../lib/format.ts';

const tlsMode: Record<TlsMode, string> = {
  disable: 'Not encrypted',
  allow: 'Encrypted only if the server insists',
  prefer: 'Encrypted if possible, server not verified',
  encrypt: 'Encrypted, server not verified',
  'verify-ca': 'Encrypted, certificate verified',
  'verify-full': 'Encrypted, certificate and host name verified',
};

export const workspaceText = {
  segments: 'What is shown of this data source',
  /** Of the server; with little room for a longer word. */
  settings: 'Settings',
  connect: 'Connect',
  disconnect: 'Disconnect',
  cancelConnect: 'Cancel',
  edit: 'Edit',
  tryNow: 'Try now',
  tryAgain: 'Try again',
  details: 'Details',
  problem: 'Connection problem',
  passwordNeeded: 'Password needed',
  enterPassword: 'Enter password…',
  unlockVault: 'Unlock vault…',
  retryKeychain: 'Try the keychain again',
  integrity: {
    changedTitle: 'Changed outside Mooring',
    changedMessage:
      'Its settings differ from those that Mooring saved: the data file was edited or damaged. It will not connect, and its password will not be sent, until you have reviewed it.',
    review: 'Review and save…',
    accept: 'Confirm as it is…',
    unsignedMessage:
      'It was saved before there was a key to sign it. Mooring asks you to confirm its address after each start.',
    confirm: 'Confirm',
  },
  damaged: {
    title: 'This data source cannot be read',
    message:
      'Its saved settings are damaged. They are kept unchanged and cannot be used. All other data sources still work. A backup may contain an undamaged copy.',
    problems: 'Problems',
    id: (id: string) => `ID ${id}`,
    restore: 'Restore from a backup…',
    remove: 'Remove from the list…',
    copy: 'Copy details',
  },
  copyAddress: 'Copy address',
  gone: 'This data source is no longer in the list',
  notConnected: {
    title: 'Not connected',
    overviewMessage: 'Connect to browse its tables and run queries.',
    overviewMessageOfRequests: 'Connect to browse its resources and send requests.',
    metricsMessage: 'Connect to see connections, queries and latency live.',
    metricsMessageOfRequests: 'Connect to see requests, latency and limits live.',
    activityMessage: 'Connect to see the sessions of the server: who runs what, and who waits for whom.',
    settingsMessage: 'Connect to see the settings of the server and where their values come from.',
    connecting: 'Connecting…',
    reconnecting: 'Connection interrupted',
    pendingMessage: 'Content will appear as soon as the server responds.',
    closing: 'Closing connections…',
  },
  server: {
    heading: 'Server',
    pending: 'Server details will appear as soon as the server responds.',
    cancelled: 'Loading server details was cancelled.',
  },
  connection: {
    heading: 'Connection',
    host: 'Host',
    socket: 'Socket',
    address: (host: string, port: number) => `${host}, port ${port}`,
    stored: 'Saved in the vault',
    none: 'None',
    tls: 'Encryption',
    tlsMode,
    ownAuthority: 'custom CA certificates',
    clientCertificate: 'Client certificate',
    readOnly: 'Sessions',
    readOnlyOn: 'Read-only',
    readOnlyOff: 'As the server allows',
    connectTimeout: 'Connection time-out',
    queryTimeout: 'Query time-out',
    requestTimeout: 'Request time-out',
    idleTransactionTimeout: 'Idle transaction time-out',
  },
  pool: {
    heading: 'Connection pool',
    bar: ({
      inUse,
      idle,
      connecting,
      reserved,
      max,
    }: Pick<PoolStats, 'inUse' | 'idle' | 'connecting' | 'reserved' | 'max'>) => {
      const ofPipelines = reserved === 0 ? '' : `${formatCount(reserved)} used by pipelines, `;
      return `${formatCount(inUse)} in use, ${formatCount(idle)} idle, ${formatCount(connecting)} connecting, ${ofPipelines}maximum ${formatCount(max)}`;
    },
    inUse: 'In use',
    idle: 'Idle',
    connecting: 'Connecting',
    reserved: 'Pipelines',
    waiting: 'Waiting',
    limits: 'Size',
    limitsValue: (min: number, max: number) => `${formatCount(min)} to ${formatCount(max)}`,
    target: 'Target',
    targetValue: ({ target, ceiling, max }: PoolStats) =>
      ceiling < max ? `${formatCount(target)}; server allows ${formatCount(ceiling)}` : formatCount(target),
    leaked: 'Leaked',
    idleTimeout: 'Idle time-out',
    acquireTimeout: 'Maximum wait',
  },
  health: {
    heading: 'Health',
    roundTrip: 'Last round trip',
    queries: 'Queries, last 5 min',
    requests: 'Requests, last 5 min',
    /** Cancelled ones are mentioned only if there are any. */
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
