import { Button } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import type { EndedOperation } from '../../../shared/model/operations.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { call } from '../../lib/api.ts';
import { formatDuration } from '../../lib/format.ts';
import { latestValue } from '../../lib/loadable.ts';
import { useLoadable } from '../../lib/useLoadable.ts';
import { operationsText } from '../../text/operations.ts';
import lines from './Log.module.css';
import { showLines } from './log.ts';
import classes from './Operations.module.css';
import { type WaterfallRow, waterfallOf } from './operations.ts';

function titleOf({ kind, name }: EndedOperation): string {
  const word = operationsText.kinds[kind];
  return name === kind ? word : `${word} ${name}`;
}

function factsOf({ rowCount, outcome, code }: EndedOperation): string {
  const rows = rowCount === null ? [] : [operationsText.rows(rowCount)];
  const end = outcome === 'ok' ? [] : [code ?? operationsText.outcomes[outcome]];
  return [...rows, ...end].join(' · ');
}

function PartRow({ row: { operation, depth, from, length } }: { readonly row: WaterfallRow }) {
  const { durationMs, outcome } = operation;
  const bar: CSSProperties = { left: `${from * 100}%`, width: `max(2px, ${length * 100}%)` };
  return (
    <li className={classes.part} data-outcome={outcome}>
      <span className={classes.partName} style={{ paddingLeft: depth * 14 }} title={titleOf(operation)}>
        {titleOf(operation)}
      </span>
      <span className={classes.track} aria-hidden>
        <span className={classes.bar} style={bar} />
      </span>
      <span className={classes.duration}>{formatDuration(durationMs)}</span>
      <span className={classes.code}>{factsOf(operation)}</span>
    </li>
  );
}

const asText = (rows: readonly WaterfallRow[]): string =>
  rows
    .map(({ operation, depth }) => {
      const facts = [titleOf(operation), formatDuration(operation.durationMs), factsOf(operation)];
      return `${'  '.repeat(depth)}${facts.filter((fact) => fact !== '').join('  ')}`;
    })
    .join('\n');

/** An operation with its parts, one below the other on one scale of time. */
export function Waterfall({ id }: { readonly id: number }) {
  const { loadable } = useLoadable(`operation ${id}`, (signal) =>
    call('operations.tree', { id }, { signal }),
  );
  const tree = latestValue(loadable);
  if (tree === null) return null;
  const rows = waterfallOf(tree.operations);
  const [first] = rows;
  const { correlationId = null } = first?.operation ?? {};
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too (WCAG 2.1.1)
    <section className={lines.detail} aria-label={operationsText.selected} tabIndex={0}>
      <div className={lines.detailBar}>
        <p className={lines.detailTitle}>
          {first === undefined ? operationsText.gone : titleOf(first.operation)}
        </p>
        {correlationId !== null && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconListDetails size={14} />}
            onClick={() => showLines(correlationId)}
          >
            {operationsText.showLines}
          </Button>
        )}
        {first !== undefined && (
          <CopyButton size="xs" label={operationsText.copy} text={() => asText(rows)} />
        )}
      </div>
      <ol className={classes.parts}>
        {rows.map((row) => (
          <PartRow key={row.operation.id} row={row} />
        ))}
      </ol>
      {tree.leftOutCount > 0 && <p className={classes.hint}>{operationsText.leftOut(tree.leftOutCount)}</p>}
    </section>
  );
}
