import { ConnectionTextRefused } from '../../../connectionText/ConnectionTextRefused.ts';
import { type TlsMode, tlsModeSchema } from '../../../model/tls.ts';
import { tlsModeForHost } from '../../../model/tlsDefault.ts';
import type { PostgresParameter } from './vocabularies.ts';

/** The value of a parameter; an empty text when it is not given. */
export type Given = (parameter: PostgresParameter) => string;

interface TlsReading {
  readonly mode: TlsMode;
  /** Whether the text says anything about TLS. */
  readonly named: boolean;
}

/** A mode that a text asks for, with what a person should know about it. */
interface TlsWish {
  readonly mode: TlsMode;
  readonly note?: string;
}

const fallsBack =
  'The TLS mode in the text allows an unencrypted connection if the server has no TLS. Mooring never falls back: it either encrypts or does not connect.';
const unchecked =
  'The text asks for encryption but not for verification of the server. Checking the certificate and host name is safer where it works.';
const addAuthority =
  'Choose the CA certificate file under Encryption: files named in pasted text are not read.';

/** libpq's `sslmode`, also as .NET writes it, compared without dashes; `no-verify` is node-postgres's. */
const modes: ReadonlyMap<string, TlsWish> = new Map([
  ['disable', { mode: 'disable' }],
  ['allow', { mode: 'encrypt', note: fallsBack }],
  ['prefer', { mode: 'encrypt', note: fallsBack }],
  ['require', { mode: 'encrypt', note: unchecked }],
  ['noverify', { mode: 'encrypt', note: unchecked }],
  ['verifyca', { mode: 'verify-ca' }],
  ['verifyfull', { mode: 'verify-full' }],
]);

const switches: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['on', true],
  ['yes', true],
  ['false', false],
  ['0', false],
  ['off', false],
  ['no', false],
]);

const normal = (value: string) => value.toLowerCase().replaceAll(/[-_ ]/g, '');

/** From the weakest to the strongest. */
const strength = tlsModeSchema.options;
const stronger = (one: TlsMode, other: TlsMode): TlsMode =>
  strength.indexOf(one) >= strength.indexOf(other) ? one : other;

/**
 * The TLS mode that a text asks for: never less. Where it says nothing, the default for the host counts.
 *
 * As libpq: an authority's file makes at least `verify-ca`, `system` makes `verify-full`.
 * @throws ConnectionTextRefused for a mode that is not known
 */
export function readTls(given: Given, host: string, notes: string[]): TlsReading {
  const wanted = wantedMode(given);
  const least = leastMode(given, wanted?.mode);
  const mode = stronger(wanted?.mode ?? tlsModeForHost(host), least);
  if (wanted?.note !== undefined && mode === wanted.mode) notes.push(wanted.note);
  if (namesAuthorityFile(given) && mode !== 'disable') notes.push(addAuthority);
  else if (mode === 'verify-ca') notes.push('Add the CA certificate under Encryption.');
  return { mode, named: wanted !== null || least !== 'disable' };
}

/** What mode and switch say together. The mode is the more precise one, but it never takes away what the switch asks for. */
function wantedMode(given: Given): TlsWish | null {
  const [modeText, switchText] = [given('tlsMode'), given('tlsSwitch')];
  const wishes: TlsWish[] = [];
  if (modeText !== '') wishes.push(knownMode(modeText));
  if (switchText !== '') wishes.push(wishOfSwitch(switchText, modeText !== ''));
  const [first, second] = wishes;
  if (first === undefined || second === undefined) return first ?? null;
  return stronger(first.mode, second.mode) === first.mode ? first : second;
}

/** Alone, a switch that is on means a server that proves who it is; beside a mode it only means encryption. */
function wishOfSwitch(text: string, hasMode: boolean): TlsWish {
  const isOn = switches.get(text.toLowerCase());
  if (isOn === undefined) return knownMode(text);
  if (!isOn) return { mode: 'disable' };
  return hasMode ? { mode: 'encrypt', note: unchecked } : { mode: 'verify-full' };
}

function knownMode(text: string): TlsWish {
  const reading = modes.get(normal(text));
  if (reading !== undefined) return reading;
  throw new ConnectionTextRefused(
    'The TLS mode in the text is unknown',
    'Use disable, require, verify-ca or verify-full.',
  );
}

const namesAuthorityFile = (given: Given) =>
  given('authority') !== '' && given('authority').toLowerCase() !== 'system';

/** What the other settings ask for at least, whatever the mode says. */
function leastMode(given: Given, wanted: TlsMode | undefined): TlsMode {
  const asksForCheck = given('certificateCheck').toLowerCase() === 'yes' && wanted !== 'disable';
  if (given('authority').toLowerCase() === 'system' || asksForCheck) return 'verify-full';
  // libpq reads the file in every mode but `disable`, and then checks the certificate by it.
  if (namesAuthorityFile(given) && wanted !== 'disable') return 'verify-ca';
  const encrypts = ['channelBinding', 'gssEncryption'] as const;
  return encrypts.some((parameter) => given(parameter).toLowerCase() === 'require') ? 'encrypt' : 'disable';
}
