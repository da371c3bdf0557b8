import type { SourceColumn } from '../../../../../shared/model/columnTypes.ts';
import type { ColumnMapping, ColumnOrigin, Mask } from '../../../../../shared/model/pipelines.ts';
import { castFormOf, castOf } from './castForm.ts';
import { jsonPathText, readJsonPath } from './jsonPath.ts';
import type { ColumnForm, PipelineForm } from './pipelineForm.ts';

type AddedOrigin = Exclude<ColumnForm['origin'], 'column'>;

const fresh = {
  isOn: true,
  from: '',
  text: '',
  isNull: false,
  cast: 'same',
  castText: '',
  keptCast: null,
  mask: 'none',
  maskText: '',
} as const;

/** A column of the source as it is. */
export const plainColumn = (name: string): ColumnForm => ({
  ...fresh,
  id: crypto.randomUUID(),
  origin: 'column',
  from: name,
  name,
});

/** A column that the source does not have. */
export const addedColumn = (origin: AddedOrigin): ColumnForm => ({
  ...fresh,
  id: crypto.randomUUID(),
  origin,
  name: '',
});

/** Whether nothing about it was changed. */
const isPlain = ({ isOn, origin, from, name, cast, mask }: ColumnForm): boolean =>
  isOn && origin === 'column' && name === from && cast === 'same' && mask === 'none';

/** Whether the destination gets the columns of the source as they are. */
export const isUnchanged = ({ columns, shape }: Pick<PipelineForm, 'columns' | 'shape'>): boolean =>
  columns.every((column, index) => isPlain(column) && column.from === shape[index]?.name) &&
  columns.length === shape.length;

/**
 * The columns of a form with those that its source has now. What a person changed stays; columns that are gone and were
 * never changed go; new ones come behind the others of the source, and are on where all are copied as they are.
 */
export function withShape(form: PipelineForm, shape: readonly SourceColumn[], shapeOf: string): PipelineForm {
  const present = new Set(shape.map(({ name }) => name));
  const kept = form.columns.filter((column) => !isPlain(column) || present.has(column.from));
  const taken = new Set(kept.filter(({ origin }) => origin === 'column').map(({ from }) => from));
  const ofSource = kept.filter(({ origin }) => origin === 'column');
  const areNewOn = ofSource.every(isPlain);
  const added = shape
    .filter(({ name }) => !taken.has(name))
    .map(({ name }) => ({ ...plainColumn(name), isOn: areNewOn }));
  const all = [...ofSource, ...added, ...kept.filter(({ origin }) => origin !== 'column')];
  const places = new Map(shape.map(({ name }, index) => [name, index]));
  // As long as nothing was changed, the order is that of the source.
  const columns = all.every(isPlain)
    ? all.toSorted((left, right) => (places.get(left.from) ?? 0) - (places.get(right.from) ?? 0))
    : all;
  return { ...form, columns, shape: [...shape], shapeOf };
}

/** The columns that a form has kept for another source: only what does not depend on it. */
export const withoutSource = (form: PipelineForm): Partial<PipelineForm> => ({
  columns: form.columns.filter(({ origin }) => origin === 'constant'),
  shape: [],
  shapeOf: '',
  cursor: '',
  key: [],
  allowedLosses: [],
  filters: [],
});

const maskLength = (text: string): number | null => {
  const length = /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return length <= 10_000 ? length : null;
};

/** Undefined where what belongs to it cannot be read. */
function maskOf({ mask, maskText }: ColumnForm): Mask | null | undefined {
  switch (mask) {
    case 'none':
      return null;
    case 'hash':
      return { type: 'hash' };
    case 'redact':
      return { type: 'redact', text: maskText };
    case 'truncate': {
      const length = maskLength(maskText);
      return length === null ? undefined : { type: 'truncate', length };
    }
  }
}

function originOf({ origin, from, text, isNull }: ColumnForm): ColumnOrigin | undefined {
  switch (origin) {
    case 'column':
      return { type: 'column', name: from };
    case 'json': {
      const path = readJsonPath(text);
      return path === null || from === '' ? undefined : { type: 'json', name: from, path };
    }
    case 'constant':
      return { type: 'constant', value: isNull ? null : text };
    case 'expression':
      return text.trim() === '' ? undefined : { type: 'expression', text };
  }
}

/** What is wrong with a column that is typed, by the field. */
export type ColumnFault = 'name' | 'double' | 'gone' | 'json' | 'expression' | 'cast' | 'mask';

/** @param gone names of columns that the source does not have */
function faultOf(column: ColumnForm, isGone: (name: string) => boolean): ColumnFault | null {
  if ((column.origin === 'column' || column.origin === 'json') && isGone(column.from)) return 'gone';
  if (originOf(column) === undefined) return column.origin === 'json' ? 'json' : 'expression';
  if (column.name.trim() === '') return 'name';
  if (castOf(column) === undefined) return 'cast';
  return maskOf(column) === undefined ? 'mask' : null;
}

/** What is wrong with the columns that are on, by their id. */
export function columnFaults({
  columns,
  shape,
}: Pick<PipelineForm, 'columns' | 'shape'>): ReadonlyMap<string, ColumnFault> {
  const present = new Set(shape.map(({ name }) => name));
  const seen = new Set<string>();
  const faults = new Map<string, ColumnFault>();
  for (const column of columns) {
    if (!column.isOn) continue;
    const fault = faultOf(column, (name) => present.size > 0 && !present.has(name));
    if (fault !== null) faults.set(column.id, fault);
    else if (seen.has(column.name)) faults.set(column.id, 'double');
    seen.add(column.name);
  }
  return faults;
}

/** The mapping of a column without faults; null for one with a fault. */
export function mappingOf(column: ColumnForm): ColumnMapping | null {
  const origin = originOf(column);
  const cast = castOf(column);
  const mask = maskOf(column);
  if (origin === undefined || cast === undefined || mask === undefined) return null;
  return { name: column.name, origin, cast, mask };
}

/** How a mapping is typed. */
export function columnFormOf({ name, origin, cast, mask }: ColumnMapping): ColumnForm {
  return {
    ...fresh,
    id: crypto.randomUUID(),
    name,
    origin: origin.type,
    from: origin.type === 'column' || origin.type === 'json' ? origin.name : '',
    text:
      origin.type === 'json'
        ? jsonPathText(origin.path)
        : origin.type === 'expression'
          ? origin.text
          : origin.type === 'constant'
            ? (origin.value ?? '')
            : '',
    isNull: origin.type === 'constant' && origin.value === null,
    ...castFormOf(cast),
    mask: mask?.type ?? 'none',
    maskText: mask?.type === 'redact' ? mask.text : mask?.type === 'truncate' ? String(mask.length) : '',
  };
}
