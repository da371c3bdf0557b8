import { ActionIcon, Button } from '@mantine/core';
import { IconFilter, IconX } from '@tabler/icons-react';
import type { ColumnFilter, ResultColumn } from '../../../shared/model/results.ts';
import { gridText } from '../../text/grid.ts';
import classes from './Grid.module.css';
import type { DoneHere } from './gridTypes.ts';

interface FilterBarProps {
  readonly filters: readonly ColumnFilter[];
  /** Which of them, and whether the order, were not left to the server; undefined: not told. */
  readonly here?: DoneHere | undefined;
  readonly columns: readonly ResultColumn[];
  readonly onChange: (filters: readonly ColumnFilter[]) => void;
  /** @param box of the filter in the window */
  readonly onEdit: (filter: ColumnFilter, box: DOMRect) => void;
}

/** The filters that hold now, each with a way to change and to remove it. Nothing while there are none. */
export function FilterBar({ filters, here, columns, onChange, onEdit }: FilterBarProps) {
  const isSortedHere = here?.sort === true;
  if (filters.length === 0 && !isSortedHere) return null;
  const words = gridText.filter;
  return (
    <section className={classes.filterBar} aria-label={gridText.filter.bar}>
      <IconFilter size={14} aria-hidden />
      {filters.map((filter, place) => {
        const { column, operator, value } = filter;
        const text = gridText.filter.chip(columns[column]?.name ?? '', operator, value);
        return (
          <span key={`${column} ${operator} ${value}`} className={classes.chip}>
            <button
              type="button"
              className={classes.chipText}
              title={gridText.filter.change(text)}
              onClick={(event) => onEdit(filter, event.currentTarget.getBoundingClientRect())}
            >
              {text}
            </button>
            {here !== undefined && (
              <span className={classes.chipBy}>
                {here.filters.includes(place) ? words.here : words.byApi}
              </span>
            )}
            <ActionIcon
              size="xs"
              radius="xl"
              aria-label={gridText.filter.removeOne(text)}
              onClick={() => onChange(filters.filter((one) => one !== filter))}
            >
              <IconX size={12} />
            </ActionIcon>
          </span>
        );
      })}
      {isSortedHere && <span className={classes.chipBy}>{words.sortedHere}</span>}
      {filters.length > 0 && (
        <Button size="compact-xs" variant="subtle" onClick={() => onChange([])}>
          {gridText.clearFilters}
        </Button>
      )}
    </section>
  );
}
