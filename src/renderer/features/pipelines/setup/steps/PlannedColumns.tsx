import { Checkbox } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { PlannedColumn } from '../../../../../shared/model/pipelineViews.ts';
import { Notice } from '../../../../components/Notice.tsx';
import { setupText } from '../../../../text/pipelineSetup.ts';
import classes from '../Setup.module.css';
import { useSetup } from '../setupContext.ts';

const words = setupText.plan;
/** Fewer are drawn as they are: their rows may be of any height. */
const manyColumns = 100;
const rowHeightPx = 26;

interface RowProps {
  readonly column: PlannedColumn;
  readonly isAllowed: boolean;
  readonly onAllow: (name: string, isAllowed: boolean) => void;
}

function Row({ column, isAllowed, onAllow }: RowProps) {
  const { name, mappedName, declared, loss, isNew } = column;
  return (
    <>
      <th scope="row">
        {name}
        {isNew && <span className={classes.tag}>{words.isNew}</span>}
        {name !== mappedName && <span className={classes.type}> {words.renamed(mappedName)}</span>}
      </th>
      <td className={classes.mono}>{declared}</td>
      <td>
        {loss === null ? (
          <span className={classes.dimmed}>{words.noLoss}</span>
        ) : (
          <Checkbox
            size="xs"
            className={classes.allow}
            label={loss}
            aria-label={`${words.allow(name)}: ${loss}`}
            description={isAllowed ? words.allowed : undefined}
            checked={isAllowed}
            onChange={({ currentTarget }) => onAllow(mappedName, currentTarget.checked)}
          />
        )}
      </td>
    </>
  );
}

/** The columns of the destination with their types. Each loss is allowed by itself; those with one stand first. */
export function PlannedColumns({ columns }: { readonly columns: readonly PlannedColumn[] }) {
  const { form, change } = useSetup();
  const ref = useRef<HTMLDivElement>(null);
  const { allowedLosses } = form;
  const isOpen = ({ loss, mappedName }: PlannedColumn): boolean =>
    loss !== null && !allowedLosses.includes(mappedName);
  const openCount = columns.filter(isOpen).length;
  const ordered = columns.toSorted((left, right) => Number(right.loss !== null) - Number(left.loss !== null));
  const virtualizer = useVirtualizer({
    count: ordered.length > manyColumns ? ordered.length : 0,
    getScrollElement: () => ref.current,
    estimateSize: () => rowHeightPx,
    overscan: 20,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const shown = ordered.length > manyColumns ? ordered.slice(first, (items.at(-1)?.index ?? 0) + 1) : ordered;
  const below = ordered.length > manyColumns ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;
  const onAllow = (name: string, isAllowed: boolean): void =>
    change({
      allowedLosses: isAllowed
        ? [...allowedLosses, name]
        : allowedLosses.filter((allowed) => allowed !== name),
    });
  return (
    <section className={classes.part}>
      <h4 className={classes.partTitle}>{words.columns}</h4>
      {openCount > 0 && <Notice tone="warning">{words.lossMissing(openCount)}</Notice>}
      <div
        ref={ref}
        className={classes.planned}
        data-many={ordered.length > manyColumns || undefined}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: many columns scroll, by keyboard too
        tabIndex={0}
      >
        <table className={classes.plan} aria-label={words.columns} aria-rowcount={ordered.length + 1}>
          <thead>
            <tr>
              <th scope="col">{words.column}</th>
              <th scope="col">{words.declared}</th>
              <th scope="col">{words.lossHead}</th>
            </tr>
          </thead>
          <tbody>
            {first > 0 && (
              <tr aria-hidden>
                <td colSpan={3} style={{ height: items[0]?.start ?? 0 }} />
              </tr>
            )}
            {shown.map((column, at) => (
              <tr key={column.name} aria-rowindex={first + at + 2} data-loss={isOpen(column) || undefined}>
                <Row
                  column={column}
                  isAllowed={allowedLosses.includes(column.mappedName)}
                  onAllow={onAllow}
                />
              </tr>
            ))}
            {below > 0 && (
              <tr aria-hidden>
                <td colSpan={3} style={{ height: below }} />
              </tr>
            )}
          </tbody>
        </table>
      </div>
    </section>
  );
}
