import { IconChevronRight, IconFolder } from '@tabler/icons-react';
import { memo } from 'react';
import { NodeIcon } from '../../icons/NodeIcon.tsx';
import { formatCount } from '../../lib/format.ts';
import { schemaText } from '../../text/schema.ts';
import { type FilterWords, matchParts } from './nodeFilter.ts';
import { rowCountHint, shortRowCount } from './rowCountText.ts';
import classes from './SchemaTree.module.css';
import type { TreeRow } from './treeRows.ts';
import { visibleName } from './visibleName.ts';

const indentPx = 14;

interface TreeRowViewProps {
  readonly row: TreeRow;
  readonly id: string;
  readonly index: number;
  readonly top: number;
  readonly words: FilterWords;
  readonly isActive: boolean;
  readonly isSelected: boolean;
}

/** The words on a row, also for type-ahead. */
export function rowLabel(row: TreeRow): string {
  if (row.type === 'schema') return visibleName(row.schema.name);
  if (row.type === 'group') return schemaText.groups[row.group];
  if (row.type === 'node') return visibleName(row.node.name);
  return schemaText.notes[row.note];
}

function RowIcon({ row }: { row: TreeRow }) {
  if (row.type === 'schema') return <IconFolder size={15} stroke={1.6} aria-hidden />;
  return row.type === 'node' ? <NodeIcon kind={row.node.kind} /> : null;
}

/** The figure at the right, and what a pointer held over it reads. */
function figureOf(row: TreeRow): { text: string; hint: string } | null {
  if (row.type === 'group') return { text: formatCount(row.count), hint: '' };
  if (row.type === 'schema') {
    const { count } = row;
    return count === null ? null : { text: formatCount(count), hint: schemaText.schemaCount(count) };
  }
  if (row.type !== 'node') return null;
  const text = shortRowCount(row.rows);
  return text === null ? null : { text, hint: rowCountHint(row.rows) };
}

function titleOf(row: TreeRow): string | undefined {
  if (row.type === 'schema') return row.schema.comment ?? undefined;
  if (row.type !== 'node') return undefined;
  const { name, kind, comment } = row.node;
  const label = `${visibleName(name)}\n${schemaText.kindLabel[kind]}`;
  return comment === null ? label : `${label}\n${comment}`;
}

function Name({ row, words }: { row: TreeRow; words: FilterWords }) {
  if (row.type !== 'node') return <span className={classes.name}>{rowLabel(row)}</span>;
  return (
    <span className={classes.name}>
      {matchParts(words, row.node.name).map(({ text, isMatch }, position) =>
        isMatch ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a name have no identity but their place
          <mark key={position} className={classes.match}>
            {visibleName(text)}
          </mark>
        ) : (
          visibleName(text)
        ),
      )}
    </span>
  );
}

/** One row of the tree, put at its place in the virtual list. The tree handles keys and clicks. */
export const TreeRowView = memo(function TreeRowView(props: TreeRowViewProps) {
  const { row, id, index, top, words, isActive, isSelected } = props;
  const figure = figureOf(row);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus and points here (aria-activedescendant)
    <div
      id={id}
      role="treeitem"
      className={classes.row}
      data-index={index}
      data-type={row.type}
      data-active={isActive || undefined}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.setSize}
      aria-selected={isSelected}
      aria-expanded={row.isExpanded ?? undefined}
      title={titleOf(row)}
      style={{ transform: `translateY(${top}px)`, paddingInlineStart: 8 + (row.level - 1) * indentPx }}
    >
      <span className={classes.chevron} data-expanded={row.isExpanded || undefined} data-chevron>
        {row.isExpanded !== null && <IconChevronRight size={13} aria-hidden />}
      </span>
      <span className={classes.icon}>
        <RowIcon row={row} />
      </span>
      <Name row={row} words={words} />
      {figure !== null && (
        <span className={classes.count} title={figure.hint}>
          {figure.text}
        </span>
      )}
    </div>
  );
});
