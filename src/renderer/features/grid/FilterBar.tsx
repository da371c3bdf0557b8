import { ActionIcon, Button } from '@mantine/core';
import { IconFilter, IconX } from '@tabler/icons-react';
import type { ColumnFilter, ResultColumn } from '../../../shared/model/results.ts';
import { gridText } from '../../text/grid.ts';
import classes from './Grid.module.css';

interface FilterBarProps {
  readonly filters: readonly ColumnFilter[];
  readonly columns: readonly ResultColumn[];
  readonly onChange: (filters: readonly ColumnFilter[]) => void;
  /** @param box of the filter in the window */
  readonly onEdit: (filter: ColumnFilter, box: DOMRect) => void;
}

/** The filters that hold now, each with a way to change and to remove it. Nothing while there are none. */
export function FilterBar({ filters, columns, onChange, onEdit }: FilterBarProps) {
  if (filters.length === 0) return null;
  return (
    <section className={classes.filterBar} aria-label={gridText.filter.bar}>
      <IconFilter size={14} aria-hidden />
      {filters.map((filter) => {
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
      <Button size="compact-xs" variant="subtle" onClick={() => onChange([])}>
        {gridText.clearFilters}
      </Button>
    </section>
  );
}
