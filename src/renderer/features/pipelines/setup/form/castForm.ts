import type { LogicalType } from '../../../../../shared/model/columnTypes.ts';

/** Types that a person can choose; `same`: as the source has it, `kept`: one that is not among them. */
export const castKinds = [
  'same',
  'text',
  'integer',
  'bigint',
  'smallint',
  'decimal',
  'double',
  'real',
  'boolean',
  'date',
  'time',
  'timestamp',
  'timestamptz',
  'uuid',
  'json',
  'binary',
  'kept',
] as const;
export type CastKind = (typeof castKinds)[number];

interface CastForm {
  readonly cast: CastKind;
  readonly castText: string;
  readonly keptCast: LogicalType | null;
}

/** Those that take more: a length, or digits and places. */
export const takesCastText = (kind: CastKind): boolean =>
  kind === 'text' || kind === 'decimal' || kind === 'binary';

const whole = (text: string, min: number, max: number): number | null => {
  if (!/^\d{1,10}$/.test(text)) return null;
  const value = Number(text);
  return value >= min && value <= max ? value : null;
};

/** Digits and places, `12, 2`; nothing typed: as many as a value has. */
function decimalOf(text: string): LogicalType | null {
  if (text === '') return { type: 'decimal', precision: null, scale: null };
  const [digits = '', places = '0', ...more] = text.split(/\s*[,;]\s*/);
  const precision = whole(digits, 1, 1_000);
  const scale = whole(places, 0, 1_000);
  if (precision === null || scale === null || scale > precision || more.length > 0) return null;
  return { type: 'decimal', precision, scale };
}

function sizedOf(type: 'text' | 'binary', text: string): LogicalType | null {
  if (text === '') return { type, length: null };
  const length = whole(text, 1, 2_147_483_647);
  return length === null ? null : { type, length };
}

const plain: Readonly<Partial<Record<CastKind, LogicalType>>> = {
  smallint: { type: 'integer', bits: 16, isUnsigned: false },
  integer: { type: 'integer', bits: 32, isUnsigned: false },
  bigint: { type: 'integer', bits: 64, isUnsigned: false },
  double: { type: 'float', bits: 64 },
  real: { type: 'float', bits: 32 },
  boolean: { type: 'boolean' },
  date: { type: 'date' },
  time: { type: 'time', digits: 6, isZoned: false },
  timestamp: { type: 'timestamp', digits: 6, isZoned: false },
  timestamptz: { type: 'timestamp', digits: 6, isZoned: true },
  uuid: { type: 'uuid' },
  json: { type: 'json' },
};

/** The type that is typed; undefined where what belongs to it cannot be read. */
export function castOf({ cast, castText, keptCast }: CastForm): LogicalType | null | undefined {
  const text = castText.trim();
  switch (cast) {
    case 'same':
      return null;
    case 'kept':
      return keptCast;
    case 'decimal':
      return decimalOf(text) ?? undefined;
    case 'text':
    case 'binary':
      return sizedOf(cast, text) ?? undefined;
    default:
      return plain[cast];
  }
}

const isSame = (left: LogicalType, right: LogicalType): boolean =>
  JSON.stringify(Object.entries(left).sort()) === JSON.stringify(Object.entries(right).sort());

/** How a type is shown; one that is not in the list is kept as it is. */
export function castFormOf(type: LogicalType | null): CastForm {
  const form = (cast: CastKind, castText = ''): CastForm => ({ cast, castText, keptCast: null });
  if (type === null) return form('same');
  if (type.type === 'text' || type.type === 'binary') return form(type.type, String(type.length ?? ''));
  if (type.type === 'decimal') {
    if (type.precision === null && type.scale === null) return form('decimal');
    const read = form('decimal', `${type.precision}, ${type.scale ?? 0}`);
    if (castOf(read) !== undefined) return read;
  }
  const known = castKinds.find((kind) => {
    const one = plain[kind];
    return one !== undefined && isSame(one, type);
  });
  return known === undefined ? { cast: 'kept', castText: '', keptCast: type } : form(known);
}
