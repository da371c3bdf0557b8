import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { WindowCell } from '../../../../shared/model/results.ts';
import { ErrorPanel } from '../../../components/ErrorPanel.tsx';
import { call } from '../../../lib/api.ts';
import { latestValue } from '../../../lib/loadable.ts';
import { useLoadable } from '../../../lib/useLoadable.ts';
import { gridText } from '../../../text/grid.ts';
import { inspectorText } from '../../../text/inspector.ts';
import { cellPieces, textOf, trueLength } from '../cells/cellText.ts';
import type { InspectorTarget } from '../inspectorStore.ts';
import classes from './Inspector.module.css';

/** Most columns of one call. */
const columnsAtOnce = 400;

async function readRow({ resultId, viewId, row, columns }: InspectorTarget, signal: AbortSignal) {
  const cells: WindowCell[] = [];
  for (let fromColumn = 0; fromColumn < columns.length; fromColumn += columnsAtOnce) {
    const columnCount = Math.min(columnsAtOnce, columns.length - fromColumn);
    const input = { resultId, viewId, fromRow: row, rowCount: 1, fromColumn, columnCount };
    const { rows } = await call('results.window', input, { signal });
    cells.push(...(rows[0] ?? []));
  }
  return cells;
}

function CellLine({ cell }: { cell: WindowCell }) {
  const text = textOf(cell);
  const length = trueLength(cell);
  if (text === null) return <span className={classes.dimmed}>{gridText.null}</span>;
  if (text === '') return <i className={classes.dimmed}>{gridText.empty}</i>;
  return (
    <>
      {cellPieces(text).map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, which never move
        <span key={index} className={piece.isMark ? classes.mark : undefined}>
          {piece.text}
        </span>
      ))}
      {length !== null && <span className={classes.dimmed}> {gridText.length(length)}</span>}
    </>
  );
}

/** A row from top to bottom: each column with its value. */
export function RowValue({ target }: { target: InspectorTarget }) {
  const [search, setSearch] = useState('');
  const key = `${target.resultId}/${target.viewId}/${target.row}`;
  const { loadable } = useLoadable(key, (signal) => readRow(target, signal));
  const cells = latestValue(loadable) ?? [];
  const wanted = search.trim().toLowerCase();
  const isWanted = (name: string, cell: WindowCell): boolean =>
    wanted === '' ||
    name.toLowerCase().includes(wanted) ||
    (textOf(cell) ?? '').toLowerCase().includes(wanted);
  return (
    <>
      <div className={classes.tools}>
        <TextInput
          size="xs"
          className={classes.search}
          value={search}
          aria-label={inspectorText.searchRow}
          placeholder={inspectorText.searchRow}
          leftSection={<IconSearch size={13} />}
          spellCheck={false}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      </div>
      {loadable.status === 'failed' && <ErrorPanel error={loadable.error} />}
      <dl className={classes.row} tabIndex={0} aria-label={inspectorText.row}>
        {cells.map((cell, position) => {
          const column = target.columns[position];
          if (column === undefined || !isWanted(column.name, cell)) return null;
          return (
            <div
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is known by its position; names may be equal
              key={position}
              className={classes.rowItem}
              data-current={position === target.column || undefined}
            >
              <dt>
                {column.name === '' ? gridText.unnamed : column.name}
                <span className={classes.type}>{column.type}</span>
              </dt>
              <dd>
                <CellLine cell={cell} />
              </dd>
            </div>
          );
        })}
      </dl>
    </>
  );
}
