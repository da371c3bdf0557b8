import { Button, Group, NativeSelect, Popover, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import {
  type ColumnFilter,
  type FilterOperator,
  filterOperatorSchema,
  type ResultColumn,
} from '../../../shared/model/results.ts';
import { takesValue } from '../../lib/takesValue.ts';
import { gridText } from '../../text/grid.ts';
import { popupsId } from '../../theme/theme.ts';
import classes from './Grid.module.css';
import { isNumeric } from './painting/GridModel.ts';

const words = gridText.filter;

/** Which filter is made or changed, and where it opens in the window, in pixels. */
export interface FilterPoint {
  /** Of the column in the result. */
  readonly position: number;
  readonly left: number;
  readonly bottom: number;
  /** The filter that is changed; null for a new one, beside those that the column has. */
  readonly current: ColumnFilter | null;
}

interface FilterPopoverProps {
  readonly column: ResultColumn;
  readonly point: FilterPoint;
  /** Null takes the filter away. */
  readonly onApply: (filter: ColumnFilter | null) => void;
  readonly onClose: () => void;
}

/** What the rows that stay must have in a column. */
export function FilterPopover({ column, point, onApply, onClose }: FilterPopoverProps) {
  const { current, position } = point;
  const usual: FilterOperator = column.kind === 'text' || column.kind === 'json' ? 'contains' : 'equals';
  const [operator, setOperator] = useState<FilterOperator>(current?.operator ?? usual);
  const [value, setValue] = useState(current?.value ?? '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onApply({ column: position, operator, value: takesValue(operator) ? value : '' });
  };
  return (
    <Popover
      opened
      onChange={onClose}
      position="bottom-start"
      trapFocus
      shadow="md"
      portalProps={{ target: `#${popupsId}` }}
    >
      <Popover.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-label={words.title(column.name)}
          className={classes.anchor}
          style={{ left: point.left, top: point.bottom }}
        />
      </Popover.Target>
      <Popover.Dropdown aria-label={words.title(column.name)}>
        <form className={classes.filterForm} onSubmit={submit}>
          <NativeSelect
            label={words.title(column.name)}
            aria-label={`${words.title(column.name)}: ${words.operator}`}
            value={operator}
            onChange={(event) => setOperator(filterOperatorSchema.parse(event.currentTarget.value))}
            data={filterOperatorSchema.options.map((option) => ({
              value: option,
              label: gridText.operators[option],
            }))}
          />
          {takesValue(operator) && (
            <TextInput
              data-autofocus
              aria-label={words.value}
              value={value}
              inputMode={isNumeric(column) ? 'decimal' : 'text'}
              maxLength={10_000}
              spellCheck={false}
              onChange={(event) => setValue(event.currentTarget.value)}
            />
          )}
          <Group justify="flex-end" gap="xs">
            {current !== null && (
              <Button size="xs" variant="default" onClick={() => onApply(null)}>
                {words.remove}
              </Button>
            )}
            <Button size="xs" type="submit">
              {words.apply}
            </Button>
          </Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
