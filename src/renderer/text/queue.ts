import type { QueuePlace, QueueState, QueueTest } from '../../shared/model/queueSettings.ts';
import { formatCount } from '../lib/format.ts';

const places: Record<QueuePlace['type'], string> = {
  local: 'On this computer',
  redis: 'Redis or Valkey',
  postgres: 'PostgreSQL',
};

const states: Record<QueueState, string> = {
  stopped: 'Not started; starts with the next run',
  starting: 'Starting',
  running: 'Running',
  unavailable: 'Not available; retried automatically',
  moving: 'Moving; runs stop at their next checkpoint',
};

export const queueText = {
  heading: 'Queue of runs',
  message:
    'Several computers can share a queue on a server. Passwords of data sources are sent there encrypted with the worker key.',
  place: 'Where the queue is',
  places,
  host: 'Host',
  hostInvalid: 'A host name or an address',
  port: 'Port',
  portInvalid: 'From 1 to 65,535',
  user: 'User',
  userHint: 'Empty: the default user.',
  database: { redis: 'Database number', postgres: 'Database' },
  databaseInvalid: { redis: 'A number from 0', postgres: 'Required' },
  password: 'Password',
  passwordKept: 'Saved in the vault',
  passwordOfOtherPlace: 'The saved password belongs to a different server. Enter it again.',
  removePassword: 'Remove',
  tls: 'TLS',
  tlsHint:
    'The certificate of the server is verified. Without TLS, others on the network can read the password for Redis.',
  authority: 'Certificate authority',
  authorityHint: 'PEM. Empty: the authorities that this computer trusts.',
  authorityInvalid: 'This is not a PEM certificate.',
  chooseAuthority: 'Choose file…',
  executesHere: 'This computer executes runs',
  executesHereHint: 'Off: only workers on other computers do.',
  test: 'Test',
  save: 'Save',
  discard: 'Discard',
  tested: ({ product, version, durationMs }: QueueTest) =>
    `${product} ${version} can hold the queue (${formatCount(Math.round(durationMs))} ms).`,
  saved: 'The queue was moved',
  standing: 'Workers',
  state: 'State',
  states,
  key: 'Worker key',
  noKey: 'Created with the first run',
  newKey: 'New worker key…',
  keySaved: (fileName: string) => `The worker key was replaced and saved as “${fileName}”`,
  keyHint:
    'Workers on other computers need the key as a file. It can be saved only once; a new key replaces it.',
};
