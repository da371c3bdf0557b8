import { trimmedText } from '../model/visibleText.ts';
import {
  type ConnectionTextCodec,
  type ContentsSpelling,
  type Fit,
  isSurer,
  spellingFor,
} from './ConnectionTextCodec.ts';
import { ConnectionTextRefused } from './ConnectionTextRefused.ts';
import type { ConnectionReading, RefusedText } from './reading.ts';
import type { WrittenSetting } from './vocabulary.ts';

/** More than the longest password takes with every one of its characters encoded. */
const maxLength = 262_144;

/** An engine that is asked about a text. */
export interface AskedEngine<Kind extends string> {
  readonly kind: Kind;
  readonly label: string;
  readonly codec: Pick<ConnectionTextCodec<never>, 'example' | 'spellings'>;
}

/** A text as one engine takes it. */
interface Claim<Kind extends string> {
  readonly engine: AskedEngine<Kind>;
  readonly spelling: ContentsSpelling;
  readonly fit: Fit;
}

/**
 * Reads a connection in any spelling that people paste. The engine that is surest of the text gets it. It never throws,
 * reads no file or variable, and what it reports never repeats any part of the text that could be the password.
 * @param profile what the text refers to by a name
 */
export function readText<Kind extends string>(
  text: string,
  engines: readonly AskedEngine<Kind>[],
  profile?: readonly WrittenSetting[],
): ConnectionReading<Kind> | RefusedText {
  const bare = unwrapped(trimmedText(text));
  if (bare === '') return nothing(engines);
  if (bare.length > maxLength) return tooLong;
  const claims = surestClaims(bare, engines);
  const answers = claims.map((claim) => readClaim(bare, claim, profile));
  const readings = answers.filter((answer) => answer.ok);
  const [first, second] = readings;
  if (first === undefined) return answers.find((answer) => !answer.ok) ?? notRecognised(engines);
  if (second === undefined) return first;
  const labels = readings.map(
    ({ kind }) => claims.find(({ engine }) => engine.kind === kind)?.engine.label ?? kind,
  );
  if (claims.some(({ fit }) => fit === 'certain')) return ofSeveral(first.form, labels);
  return { ...first, notes: [...first.notes, ambiguityNote(labels)] };
}

/** Whether a text is meant for one of the engines, although it may have faults. */
export const isMeantFor = (text: string, engines: readonly AskedEngine<string>[]): boolean =>
  text.length <= maxLength &&
  surestClaims(unwrapped(trimmedText(text)), engines).some(({ fit }) => fit === 'certain');

/** The settings that a text refers to by a name, for the engine that is surest of it; null for a text that names none. */
export function profileIn<Kind extends string>(
  text: string,
  engines: readonly AskedEngine<Kind>[],
): { readonly kind: Kind; readonly name: string } | null {
  const bare = unwrapped(trimmedText(text));
  if (bare.length > maxLength) return null;
  for (const { engine, spelling } of surestClaims(bare, engines)) {
    try {
      const name = spelling.profileIn?.(bare) ?? null;
      if (name !== null) return { kind: engine.kind, name };
    } catch (error) {
      // Why it cannot be read is said where it is read.
      if (!(error instanceof ConnectionTextRefused)) throw error;
    }
  }
  return null;
}

/** An address with a user, of whatever program, or a setting for a password. */
const credentials = /:\/\/[^\s/]*@|:[^\s]*@\w+\(|(?:password|passwd|pwd)\s*=/i;

/** Whether a text looks as if a part of it were a password. */
export const mayHoldPassword = (text: string): boolean => credentials.test(text);

/** The claims that none is surer than, in the order of the engines. */
function surestClaims<Kind extends string>(
  text: string,
  engines: readonly AskedEngine<Kind>[],
): Claim<Kind>[] {
  const claims = engines.flatMap((engine) => {
    const spelling = spellingFor(engine.codec.spellings, text);
    return spelling === undefined ? [] : [{ engine, spelling, fit: spelling.fit(text) }];
  });
  return claims.filter(({ fit }) => !claims.some((other) => isSurer(other.fit, fit)));
}

function readClaim<Kind extends string>(
  text: string,
  { engine: { kind }, spelling: { label, read } }: Claim<Kind>,
  profile: readonly WrittenSetting[] | undefined,
): ConnectionReading<Kind> | RefusedText {
  try {
    return { ok: true, kind, form: label, ...read(text, profile) };
  } catch (error) {
    if (!(error instanceof ConnectionTextRefused)) throw error;
    return { ok: false, form: label, message: error.message, hint: error.hint };
  }
}

/** Nothing in the text belongs to one of the engines alone. */
const ambiguityNote = (labels: readonly string[]): string =>
  `The text does not say whether it is for ${labels.join(' or ')}. It was read as one for ${labels[0]}.`;

/** Much in the text belongs to one engine alone, but not all to the same one. */
const ofSeveral = (form: string, labels: readonly string[]): RefusedText => ({
  ok: false,
  form,
  message: `The text has settings for ${labels.join(' and ')}`,
  hint: 'Paste only those of one connection.',
});

/** Without the quotes or brackets that a text was copied with. */
function unwrapped(text: string): string {
  const [, , quoted, bracketed] = /^(?:(["'`])([\s\S]*)\1[,;]?|<([^<>]*)>)$/.exec(text) ?? [];
  // Two quoted texts one after the other are no quoted text: `"name": "value"`.
  const isOne = quoted !== undefined && !quoted.includes(text.charAt(0));
  return trimmedText((isOne ? quoted : bracketed) ?? text);
}

const refused = (message: string, hint: string): RefusedText => ({ ok: false, form: null, message, hint });

const tooLong = refused('The text is too long', 'Paste only the connection text.');

const nothing = (engines: readonly AskedEngine<string>[]): RefusedText =>
  refused(
    'There is nothing to read',
    `Paste a URL such as ${alternatives(engines.map(({ codec }) => codec.example))}.`,
  );

function notRecognised(engines: readonly AskedEngine<string>[]): RefusedText {
  const labels = engines.flatMap(({ codec }) => codec.spellings.map(({ label }) => label));
  return refused('This is not the address of a database Mooring knows', `It can be ${alternatives(labels)}.`);
}

/** `one, two or three`, each once. */
function alternatives(words: readonly string[]): string {
  const each = [...new Set(words)];
  return [each.slice(0, -1).join(', '), ...each.slice(-1)].filter((part) => part !== '').join(' or ');
}
