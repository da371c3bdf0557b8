import type { QueuePlace, QueueState, QueueTest } from '../../shared/model/queueSettings.ts';
import { formatCount } from '../lib/format.ts';

const places: Record<QueuePlace['type'], string> = {
  local: 'On this computer',
  redis: 'Redis or Valkey',
  postgres: 'PostgreSQL',
};

const states: Record<QueueState, string> = {
  stopped: 'Not started; it starts with the next run',
  starting: 'Starting',
  running: 'Running',
  unavailable: 'Not available; it is tried again by itself',
  moving: 'Moving: runs come to a checkpoint',
};

export const queueText = {
  heading: 'Queue of runs',
  message:
    'The queue can be on a server that several computers use. Log-ins of data sources go there sealed with the worker key.',
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
  passwordKept: 'Kept in the vault',
  passwordOfOtherPlace: 'The password that is kept belongs to another place. Type it again.',
  removePassword: 'Remove',
  tls: 'TLS',
  tlsHint:
    'The certificate of the server is verified. Without TLS, others on the network can read the password of a Redis.',
  authority: 'Certificate authority',
  authorityHint: 'PEM. Empty: what this computer trusts.',
  authorityInvalid: 'This is no certificate in PEM form.',
  chooseAuthority: 'Choose file…',
  executesHere: 'This computer executes runs',
  executesHereHint: 'Off: only workers on other computers do.',
  test: 'Test',
  save: 'Save',
  discard: 'Discard',
  tested: ({ product, version, durationMs }: QueueTest) =>
    `${product} ${version} can be the queue (${formatCount(Math.round(durationMs))} ms).`,
  saved: 'The queue was moved',
  standing: 'Workers',
  state: 'State',
  states,
  key: 'Worker key',
  noKey: 'Made with the first run',
  newKey: 'New worker key…',
  keySaved: (fileName: string) => `The worker key was replaced and saved as “${fileName}”`,
  keyHint:
    'Workers on other computers need it as a file, which can be saved once. A new key replaces the old one.',
};
