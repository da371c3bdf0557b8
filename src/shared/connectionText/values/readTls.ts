import { type TlsMode, tlsModeSchema } from '../../model/tls.ts';
import { tlsModeForHost } from '../../model/tlsDefault.ts';
import { ConnectionTextRefused } from '../ConnectionTextRefused.ts';
import type { Given } from '../vocabulary.ts';
import type { CommonParameter } from '../vocabularyRows.ts';
import { isSystem, namesAuthority, namesClient, readTlsFiles, type TlsFilesReading } from './readTlsFiles.ts';

type GivenTls = Given<CommonParameter>;

export interface TlsReading extends Omit<TlsFilesReading, 'notes'> {
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
  'The TLS mode in the text allows an unencrypted connection if the server has no TLS. Mooring never falls back because of a text: it either encrypts or does not connect, unless you choose otherwise under Encryption.';
const unchecked =
  'The text asks for encryption but not for verification of the server. Checking the certificate and host name is safer where it works.';

const encrypts: TlsWish = { mode: 'encrypt', note: unchecked };
const encryptsIfPossible: TlsWish = { mode: 'encrypt', note: fallsBack };

/** The words of servers, command-line tools and libraries, compared without dashes: they mean the same for all engines. */
const modes: ReadonlyMap<string, TlsWish> = new Map([
  ['disable', { mode: 'disable' }],
  ['disabled', { mode: 'disable' }],
  ['none', { mode: 'disable' }],
  ['allow', encryptsIfPossible],
  ['prefer', encryptsIfPossible],
  ['preferred', encryptsIfPossible],
  ['require', encrypts],
  ['required', encrypts],
  ['noverify', encrypts],
  ['skipverify', encrypts],
  ['trust', encrypts],
  ['verifyca', { mode: 'verify-ca' }],
  ['verifyfull', { mode: 'verify-full' }],
  ['verifyidentity', { mode: 'verify-full' }],
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
 * An authority's file makes at least `verify-ca`, `system` makes `verify-full`.
 * @param needed what other settings of the engine need, whatever the mode says
 * @throws ConnectionTextRefused for a mode that is not known
 */
export function readTls(
  given: GivenTls,
  host: string,
  notes: string[],
  needed: TlsMode = 'disable',
): TlsReading {
  const wanted = wantedMode(given);
  const least = stronger(leastMode(given, wanted?.mode), needed);
  const mode = stronger(wanted?.mode ?? tlsModeForHost(host), least);
  if (wanted?.note !== undefined && mode === wanted.mode) notes.push(wanted.note);
  const isChecked = mode === 'verify-ca' || mode === 'verify-full';
  const { notes: ofFiles, ...files } = mode === 'disable' ? noFiles : readTlsFiles(given, isChecked);
  notes.push(...ofFiles);
  if (mode === 'verify-ca' && !namesAuthority(given)) notes.push('Add the CA certificate under Encryption.');
  return { mode, named: wanted !== null || least !== 'disable', ...files };
}

/** Without TLS no file is of use. */
const noFiles: TlsFilesReading = { values: {}, passphrase: '', unused: [], notes: [] };

/** What mode and switch say together. The mode is the more precise one, but it never takes away what the switch asks for. */
function wantedMode(given: GivenTls): TlsWish | null {
  const [modeText, switchText] = [given('tlsMode'), given('tlsSwitch')];
  const wishes: TlsWish[] = [];
  if (modeText !== '') wishes.push(knownMode(modeText));
  if (switchText !== '') wishes.push(wishOfSwitch(switchText, modeText !== '' || skipsCheck(given)));
  const [first, second] = wishes;
  if (first === undefined || second === undefined) return first ?? null;
  return stronger(first.mode, second.mode) === first.mode ? first : second;
}

/** Alone, a switch that is on means a server that proves who it is; beside a mode or an unchecked server, encryption. */
function wishOfSwitch(text: string, isOnlyEncryption: boolean): TlsWish {
  const isOn = switches.get(text.toLowerCase());
  if (isOn === undefined) return knownMode(text);
  if (!isOn) return { mode: 'disable' };
  return isOnlyEncryption ? encrypts : { mode: 'verify-full' };
}

function knownMode(text: string): TlsWish {
  const reading = modes.get(normal(text));
  if (reading !== undefined) return reading;
  throw new ConnectionTextRefused(
    'The TLS mode in the text is unknown',
    'Use disable, require, verify-ca or verify-full.',
  );
}

/** @throws ConnectionTextRefused for a value that may ask for a check or not */
function asksForCheck(given: GivenTls): boolean {
  const check = given('certificateCheck');
  if (/^(?:yes|no|)$/.test(check)) return check === 'yes';
  throw new ConnectionTextRefused(
    'Whether the text asks for the certificate to be checked is unclear',
    'Use true or false.',
  );
}

const skipsCheck = (given: GivenTls) => given('certificateCheck') === 'no';

/** What the other settings ask for at least, whatever the mode says. */
function leastMode(given: GivenTls, wanted: TlsMode | undefined): TlsMode {
  const isChecked = asksForCheck(given) && wanted !== 'disable';
  if (isSystem(given('authority')) || isChecked) return 'verify-full';
  if (wanted === 'disable') return 'disable';
  // A file is there to check the certificate by it, in every mode but `disable`.
  if (namesAuthority(given)) return 'verify-ca';
  // And a client certificate is shown over TLS alone.
  return namesClient(given) ? 'encrypt' : 'disable';
}
