import type { ConnectionContents, TextPart } from '../reading.ts';
import { type Gathered, givenIn, type LeftOut, type UnusedParameter } from '../vocabulary.ts';
import type { CommonParameter } from '../vocabularyRows.ts';
import { readSecrets } from './readFields.ts';
import { readLimits } from './readLimits.ts';

/** What an engine made of the parameters that stand for fields of its form. */
interface OwnContents {
  readonly values: Readonly<Record<string, string>>;
  /** By key of the field: whether the text named it itself. */
  readonly named: Readonly<Record<string, boolean>>;
  /** The password of the text; empty when it has none. */
  readonly password: string;
  /** The same of the key of a client certificate. */
  readonly passphrase: string;
  readonly leftOut: readonly LeftOut[];
  readonly unused: readonly UnusedParameter<CommonParameter>[];
  readonly notes: readonly string[];
}

/**
 * All that a text says: an engine's own fields, with what every engine reads in the same way.
 * @throws ConnectionTextRefused
 */
export function contentsOf<Parameter extends string>(
  gathered: Gathered<Parameter | CommonParameter>,
  { values, named: isNamed, password, passphrase, leftOut, unused, notes: own }: OwnContents,
): ConnectionContents {
  const notes = [...own];
  const named = ({ parameter, reason }: UnusedParameter<CommonParameter>): LeftOut => ({
    name: gathered.parameters.get(parameter)?.name ?? parameter,
    reason,
  });
  const { timeouts, pool } = readLimits(gathered.parameters, notes);
  const secrets = readSecrets({ password, clientKeyPassphrase: passphrase });
  const readOnly = /^(?:true|on|yes|1)$/i.test(givenIn(gathered)('readOnly'));
  if (gathered.unknownCount > 0) notes.push(unknownNote(gathered.unknownCount));
  const parts: Record<TextPart, boolean> = {
    timeouts: Object.keys(timeouts).length > 0,
    pool: Object.keys(pool).length > 0,
    readOnly,
    secrets: password !== '' || passphrase !== '',
  };
  const taken = Object.entries({ ...isNamed, ...parts }).flatMap(([part, isTaken]) =>
    isTaken ? [part] : [],
  );
  return {
    values,
    taken: new Set(taken),
    timeouts,
    pool,
    readOnly,
    secrets,
    leftOut: [...gathered.leftOut, ...leftOut, ...unused.map(named)],
    notes,
  };
}

const unknownNote = (count: number) =>
  count === 1 ? 'One unknown setting was left out.' : `${count} unknown settings were left out.`;
