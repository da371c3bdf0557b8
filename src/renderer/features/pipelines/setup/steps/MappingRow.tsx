// biome-ignore-all lint/a11y/useSemanticElements: only the rows in view exist, which a table's own layout cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the fields in its cells have the focus
import { ActionIcon, Checkbox, NativeSelect, TextInput, Tooltip } from '@mantine/core';
import { IconAlertCircle, IconX } from '@tabler/icons-react';
import { memo } from 'react';
import type { SourceColumn } from '../../../../../shared/model/columnTypes.ts';
import { setupText } from '../../../../text/pipelineSetup.ts';
import { typeText } from '../../../../text/pipelines.ts';
import { castKinds, takesCastText } from '../form/castForm.ts';
import type { ColumnFault } from '../form/columnForms.ts';
import { type ColumnForm, columnFormSchema } from '../form/pipelineForm.ts';
import classes from './Mapping.module.css';

const words = setupText.columns;
const masks = columnFormSchema.shape.mask.options;
const typing = { size: 'xs', spellCheck: false, autoComplete: 'off' } as const;

interface PartProps {
  readonly column: ColumnForm;
  /** How the column is called in labels. */
  readonly name: string;
  readonly set: (part: Partial<ColumnForm>) => void;
}

interface OriginProps extends PartProps {
  readonly source: SourceColumn | null;
  readonly sourceNames: readonly SourceColumn[];
}

/** Where the value comes from: a column with its type, or what is typed. */
function Origin({ column, name, source, sourceNames, set }: OriginProps) {
  switch (column.origin) {
    case 'column':
      return (
        <span className={classes.source} title={`${column.from}  ${source?.declared ?? ''}`}>
          <span className={classes.sourceName}>{column.from}</span>
          <span className={classes.type}>{source?.declared ?? words.unknownType}</span>
        </span>
      );
    case 'constant':
      return (
        <span className={classes.typed}>
          <TextInput
            {...typing}
            aria-label={words.constantOf(name)}
            placeholder={words.constantPlaceholder}
            disabled={column.isNull}
            maxLength={10_000}
            value={column.isNull ? '' : column.text}
            onChange={({ currentTarget }) => set({ text: currentTarget.value })}
          />
          <Checkbox
            size="xs"
            label={setupText.null}
            aria-label={words.nullOf(name)}
            checked={column.isNull}
            onChange={({ currentTarget }) => set({ isNull: currentTarget.checked })}
          />
        </span>
      );
    case 'expression':
      return (
        <TextInput
          {...typing}
          classNames={{ input: classes.mono }}
          aria-label={words.expressionOf(name)}
          placeholder={words.expressionPlaceholder}
          maxLength={4_000}
          value={column.text}
          onChange={({ currentTarget }) => set({ text: currentTarget.value })}
        />
      );
    case 'json':
      return (
        <span className={classes.typed}>
          <NativeSelect
            size="xs"
            aria-label={words.jsonColumnOf(name)}
            value={column.from}
            data={['', ...sourceNames.map((one) => one.name)]}
            onChange={({ currentTarget }) => set({ from: currentTarget.value })}
          />
          <TextInput
            {...typing}
            classNames={{ input: classes.mono }}
            aria-label={words.pathOf(name)}
            placeholder={words.pathPlaceholder}
            value={column.text}
            onChange={({ currentTarget }) => set({ text: currentTarget.value })}
          />
        </span>
      );
  }
}

function Cast({ column, name, set }: PartProps) {
  const { cast, castText, keptCast } = column;
  const kinds = castKinds.filter((kind) => kind !== 'kept' || cast === 'kept');
  const sizes: Readonly<Record<string, string>> = words.sizes;
  return (
    <span className={classes.typed}>
      <NativeSelect
        size="xs"
        aria-label={words.castOf(name)}
        value={cast}
        data={kinds.map((kind) => ({
          value: kind,
          label: kind === 'kept' && keptCast !== null ? typeText(keptCast) : words.casts[kind],
        }))}
        onChange={({ currentTarget: { value } }) =>
          set({ cast: castKinds.find((kind) => kind === value) ?? cast, castText: '' })
        }
      />
      {takesCastText(cast) && (
        <TextInput
          {...typing}
          className={classes.size}
          aria-label={words.castTextOf(name)}
          placeholder={sizes[cast]}
          maxLength={12}
          value={castText}
          onChange={({ currentTarget }) => set({ castText: currentTarget.value })}
        />
      )}
    </span>
  );
}

function MaskPart({ column, name, set }: PartProps) {
  const { mask, maskText } = column;
  return (
    <span className={classes.typed}>
      <NativeSelect
        size="xs"
        aria-label={words.maskOf(name)}
        value={mask}
        data={masks.map((value) => ({ value, label: words.masks[value] }))}
        onChange={({ currentTarget: { value } }) =>
          set({ mask: masks.find((one) => one === value) ?? mask, maskText: '' })
        }
      />
      {(mask === 'redact' || mask === 'truncate') && (
        <TextInput
          {...typing}
          className={classes.size}
          aria-label={words.maskTextOf(name)}
          placeholder={words.maskSettings[mask]}
          maxLength={100}
          value={maskText}
          onChange={({ currentTarget }) => set({ maskText: currentTarget.value })}
        />
      )}
    </span>
  );
}

interface MappingRowProps {
  readonly column: ColumnForm;
  /** The column that it comes from, as far as it is known. */
  readonly source: SourceColumn | null;
  readonly sourceNames: readonly SourceColumn[];
  readonly fault: ColumnFault | null;
  readonly rowIndex: number;
  /** Of its upper edge in the table, in pixels. */
  readonly top: number;
  /** Null takes it away. */
  readonly onChange: (id: string, part: Partial<ColumnForm> | null) => void;
}

/** One column of the destination. */
export const MappingRow = memo(function MappingRow(props: MappingRowProps) {
  const { column, source, sourceNames, fault, rowIndex, top, onChange } = props;
  const { id, isOn, name, origin } = column;
  const label = name.trim() === '' ? words.unnamed : name;
  const set = (part: Partial<ColumnForm>): void => onChange(id, part);
  const part = { column, name: label, set };
  return (
    <div
      role="row"
      aria-rowindex={rowIndex}
      className={classes.row}
      data-off={!isOn || undefined}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span role="cell">
        <Checkbox
          size="xs"
          aria-label={words.isOn(label)}
          checked={isOn}
          onChange={({ currentTarget }) => set({ isOn: currentTarget.checked })}
        />
      </span>
      <span role="cell">
        <Origin {...part} source={source} sourceNames={sourceNames} />
      </span>
      <span role="cell">
        <TextInput
          {...typing}
          aria-label={words.nameOf(column.from === '' ? label : column.from)}
          maxLength={256}
          value={name}
          error={fault === 'name' || fault === 'double'}
          onChange={({ currentTarget }) => set({ name: currentTarget.value })}
        />
      </span>
      <span role="cell">
        <Cast {...part} />
      </span>
      <span role="cell">
        <MaskPart {...part} />
      </span>
      <span role="cell" className={classes.end}>
        {fault !== null && (
          <Tooltip label={words.faults[fault]} position="left">
            <IconAlertCircle
              size={16}
              className={classes.faultIcon}
              role="img"
              aria-label={words.faults[fault]}
            />
          </Tooltip>
        )}
        {origin !== 'column' && (
          <ActionIcon size="sm" aria-label={words.remove(label)} onClick={() => onChange(id, null)}>
            <IconX size={14} />
          </ActionIcon>
        )}
      </span>
    </div>
  );
});
