// biome-ignore-all lint/a11y/useSemanticElements: only the rows in view exist, which a table's own layout cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the fields in its cells have the focus
import { VisuallyHidden } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useMemo, useRef } from 'react';
import { filterWords, rankByWords, ranks } from '../../../../lib/textRank.ts';
import { setupText } from '../../../../text/pipelineSetup.ts';
import { columnFaults } from '../form/columnForms.ts';
import type { ColumnForm } from '../form/pipelineForm.ts';
import { useSetup } from '../setupContext.ts';
import classes from './Mapping.module.css';
import { MappingRow } from './MappingRow.tsx';

const words = setupText.columns;
const rowHeightPx = 34;
const headHeightPx = 26;
const heads = ['isOn', 'source', 'name', 'cast', 'mask'] as const;

/** The columns of the destination, of which only those in view exist. */
export function MappingTable({ search }: { readonly search: string }) {
  const { form, change } = useSetup();
  const { columns, shape } = form;
  const viewportRef = useRef<HTMLDivElement>(null);
  const faults = useMemo(() => columnFaults({ columns, shape }), [columns, shape]);
  const sources = useMemo(() => new Map(shape.map((column) => [column.name, column])), [shape]);
  const shown = useMemo(() => {
    const wanted = filterWords(search);
    if (wanted.length === 0) return columns;
    return columns.filter(
      ({ name, from }) => rankByWords(name, () => from.toLowerCase(), wanted) < ranks.none,
    );
  }, [columns, search]);
  const latest = useRef(columns);
  latest.current = columns;
  const onChange = useCallback(
    (id: string, part: Partial<ColumnForm> | null) => {
      const all = latest.current;
      change({
        columns:
          part === null
            ? all.filter((column) => column.id !== id)
            : all.map((column) => (column.id === id ? { ...column, ...part } : column)),
      });
    },
    [change],
  );
  const virtualizer = useVirtualizer({
    count: shown.length,
    getScrollElement: () => viewportRef.current,
    estimateSize: () => rowHeightPx,
    getItemKey: (index) => shown[index]?.id ?? index,
    overscan: 8,
    paddingStart: headHeightPx,
  });
  return (
    <div
      ref={viewportRef}
      role="table"
      aria-label={words.table}
      aria-rowcount={shown.length + 1}
      className={classes.table}
    >
      <div role="rowgroup" className={classes.headGroup}>
        <div role="row" aria-rowindex={1} className={classes.head}>
          {heads.map((head) => (
            <span key={head} role="columnheader">
              {words.heads[head]}
            </span>
          ))}
          <span role="columnheader">
            <VisuallyHidden>{words.heads.more}</VisuallyHidden>
          </span>
        </div>
      </div>
      <div
        role="rowgroup"
        className={classes.rows}
        style={{ height: virtualizer.getTotalSize() - headHeightPx }}
      >
        {virtualizer.getVirtualItems().map(({ index, start, key }) => {
          const column = shown[index];
          return (
            column !== undefined && (
              <MappingRow
                key={key}
                column={column}
                source={sources.get(column.from) ?? null}
                sourceNames={shape}
                fault={faults.get(column.id) ?? null}
                rowIndex={index + 2}
                top={start - headHeightPx}
                onChange={onChange}
              />
            )
          );
        })}
      </div>
    </div>
  );
}
