import { Button } from '@mantine/core';
import { useState } from 'react';
import { resourceTypeSchema } from '../../../../shared/model/resources.ts';
import { RemoveLine } from '../../../components/api/PairTable.tsx';
import { resourcesText } from '../../../text/resources.ts';
import {
  editedColumn,
  mergedColumns,
  newColumn,
  pathText,
  withColumnName,
  withPathText,
} from '../columnEdits.ts';
import { useEditedForm } from '../formContext.ts';
import classes from '../Resources.module.css';
import type { ColumnForm } from '../resourceForm.ts';
import { LinesFault } from './LinesFault.tsx';

const words = resourcesText.columns;
/** Fields are heavy: a resource may have 1,600 columns, of which few are looked at. */
const shownAtOnce = 60;

interface ColumnRowProps {
  readonly column: ColumnForm;
  readonly index: number;
  readonly onChange: (column: ColumnForm) => void;
  readonly onRemove: () => void;
}

function ColumnRow({ column, index, onChange, onRemove }: ColumnRowProps) {
  const { name, type, isNullable, origin, description } = column;
  return (
    <tr title={description}>
      <td>
        <input
          className={classes.cellField}
          aria-label={words.nameOf(index + 1)}
          value={name}
          spellCheck={false}
          onChange={(event) => onChange(withColumnName(column, event.currentTarget.value))}
        />
      </td>
      <td>
        <input
          className={classes.cellField}
          aria-label={words.fromOf(name)}
          value={pathText(column)}
          spellCheck={false}
          onChange={(event) => onChange(withPathText(column, event.currentTarget.value))}
        />
      </td>
      <td>
        <select
          className={classes.cellField}
          aria-label={words.typeOf(name)}
          value={type}
          onChange={(event) =>
            onChange(editedColumn(column, { type: resourceTypeSchema.parse(event.currentTarget.value) }))
          }
        >
          {resourceTypeSchema.options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      </td>
      <td>
        <input
          type="checkbox"
          aria-label={words.nullableOf(name)}
          checked={isNullable}
          onChange={(event) => onChange(editedColumn(column, { isNullable: event.currentTarget.checked }))}
        />
      </td>
      <td className={classes.origin}>{words.origins[origin]}</td>
      <td>
        <RemoveLine name={name} isNew={false} onClick={onRemove} />
      </td>
    </tr>
  );
}

/** Names, types and where they come from. Until somebody fixes them, they are inferred each time. */
export function ColumnsSection() {
  const { form, found, change } = useEditedForm();
  const [shown, setShown] = useState(shownAtOnce);
  const { columns } = form;
  const set = (next: ColumnForm[] | null) => change({ columns: next });
  return (
    <div className={classes.wide}>
      {columns === null ? (
        <p className={classes.hint}>{words.unknown}</p>
      ) : (
        <table className={classes.columns} aria-label={words.caption}>
          <thead>
            <tr>
              {[words.name, words.from, words.type, words.nullable, words.origin].map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {columns.slice(0, shown).map((column, index) => (
              <ColumnRow
                // biome-ignore lint/suspicious/noArrayIndexKey: names may be equal while they are typed
                key={index}
                column={column}
                index={index}
                onChange={(next) => set(columns.with(index, next))}
                onRemove={() => set(columns.toSpliced(index, 1))}
              />
            ))}
          </tbody>
        </table>
      )}
      <LinesFault of="columns" />
      <div className={classes.buttons}>
        {columns !== null && columns.length > shown && (
          <Button size="compact-xs" variant="subtle" onClick={() => setShown(shown + 200)}>
            {words.more(columns.length - shown)}
          </Button>
        )}
        <Button
          size="compact-xs"
          variant="default"
          disabled={found.length === 0}
          onClick={() => set(mergedColumns(columns, found))}
        >
          {words.take}
        </Button>
        {columns !== null && (
          <>
            <Button size="compact-xs" variant="default" onClick={() => set([...columns, newColumn(columns)])}>
              {words.add}
            </Button>
            <Button size="compact-xs" variant="subtle" color="gray" onClick={() => set(null)}>
              {words.infer}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
