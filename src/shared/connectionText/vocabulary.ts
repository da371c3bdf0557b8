import { ConnectionTextRefused } from './ConnectionTextRefused.ts';

/** A setting as it was written, its value without quotes and escapes. */
export interface WrittenSetting {
  readonly name: string;
  readonly value: string;
}

/** What a name of a spelling stands for: a parameter of the engine, or something that is left out for a reason. */
export type Meaning<Parameter extends string> =
  | {
      readonly parameter: Parameter;
      /** How many milliseconds one unit of the value has; only for durations. */
      readonly unitMs?: number;
      /** Values of this spelling, in lower case, that mean another value of the parameter. */
      readonly words?: Readonly<Record<string, string>>;
    }
  | { readonly leftOut: string };

export type VocabularyRow<Parameter extends string> = readonly [name: string, meaning: Meaning<Parameter>];

/** The names that a spelling knows, and how it compares names. */
export interface Vocabulary<Parameter extends string> {
  readonly normalName: (name: string) => string;
  /** By normal name. */
  readonly rows: ReadonlyMap<string, VocabularyRow<Parameter>>;
}

export function vocabularyOf<Parameter extends string>(
  normalName: (name: string) => string,
  rows: readonly VocabularyRow<Parameter>[],
): Vocabulary<Parameter> {
  return { normalName, rows: new Map(rows.map((row) => [normalName(row[0]), row])) };
}

/** A value as it was given; one that is empty counts as not given. */
export interface Setting {
  /** As the vocabulary has it. */
  readonly name: string;
  readonly value: string;
  readonly unitMs: number;
}

/** A setting that has no place here. Its name comes from the vocabulary, never from the text. */
export interface LeftOut {
  readonly name: string;
  /** Such as `client certificates are not supported`; many settings can share one. */
  readonly reason: string;
}

/** A parameter that was looked at and could not be used. */
export interface UnusedParameter<Parameter extends string = string> {
  readonly parameter: Parameter;
  readonly reason: string;
}

export interface Gathered<Parameter extends string> {
  readonly parameters: ReadonlyMap<Parameter, Setting>;
  readonly leftOut: readonly LeftOut[];
  /** Settings with unknown names. They are only counted: such a name can be part of a password. */
  readonly unknownCount: number;
}

/**
 * Finds out what settings mean. One that is given twice with the same value counts once.
 * @throws ConnectionTextRefused for a setting with two values, because it is unclear which one is meant
 */
export function gather<Parameter extends string>(
  settings: readonly WrittenSetting[],
  { normalName, rows }: Vocabulary<Parameter>,
): Gathered<Parameter> {
  const parameters = new Map<Parameter, Setting>();
  const leftOut = new Map<string, LeftOut>();
  let unknownCount = 0;
  for (const { name, value } of settings) {
    const [known, meaning] = rows.get(normalName(name)) ?? [];
    if (known === undefined || meaning === undefined) unknownCount += 1;
    else if ('leftOut' in meaning) leftOut.set(known, { name: known, reason: meaning.leftOut });
    else addParameter(parameters, meaning.parameter, settingOf(known, meaning, value));
  }
  return { parameters, leftOut: [...leftOut.values()], unknownCount };
}

function settingOf(
  name: string,
  { unitMs = 1, words = {} }: { unitMs?: number; words?: Readonly<Record<string, string>> },
  value: string,
): Setting {
  const word = value.toLowerCase();
  return { name, value: (Object.hasOwn(words, word) ? words[word] : undefined) ?? value, unitMs };
}

function addParameter<Parameter extends string>(
  parameters: Map<Parameter, Setting>,
  parameter: Parameter,
  setting: Setting,
): void {
  if (setting.value === '') return;
  const before = parameters.get(parameter) ?? setting;
  if (before.value !== setting.value || before.unitMs !== setting.unitMs) {
    throw new ConnectionTextRefused(
      'A setting appears twice with different values',
      'Remove one of them. Host, port, user, password and database can appear before or after the question mark.',
    );
  }
  parameters.set(parameter, setting);
}

/** The value of a parameter; an empty text when it is not given. */
export type Given<Parameter extends string> = (parameter: Parameter) => string;

export const givenIn =
  <Parameter extends string>({ parameters }: Gathered<Parameter>): Given<Parameter> =>
  (parameter) =>
    parameters.get(parameter)?.value ?? '';

/** Both together; where both name a parameter, the first one counts. */
export function withFallback<Parameter extends string>(
  first: Gathered<Parameter>,
  fallback: Gathered<Parameter>,
): Gathered<Parameter> {
  return {
    parameters: new Map([...fallback.parameters, ...first.parameters]),
    leftOut: [...first.leftOut, ...fallback.leftOut],
    unknownCount: first.unknownCount + fallback.unknownCount,
  };
}
