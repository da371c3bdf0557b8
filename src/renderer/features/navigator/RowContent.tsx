import {
  IconDatabase,
  IconFileBroken,
  IconFolder,
  IconFolderOpen,
  IconSchema,
  IconStar,
} from '@tabler/icons-react';
import type { FilterWords } from '../../lib/textRank.ts';
import { navigatorText } from '../../text/navigator.ts';
import { NodeIcon, rowCountHint, visibleName } from '../schema/index.ts';
import { matchParts } from './filterText.ts';
import classes from './Row.module.css';
import type { NavigatorRow, RowOf } from './rows.ts';
import { rowFigure, rowName } from './rowWords.ts';

/** A name with what the filter has found in it marked. */
export function MarkedName({ name, words }: { name: string; words: FilterWords }) {
  if (words.length === 0) return <span className={classes.name}>{visibleName(name)}</span>;
  return (
    <span className={classes.name}>
      {matchParts(words, name).map(({ text, isMatch }, position) =>
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

function RowIcon({ row }: { row: NavigatorRow }) {
  switch (row.type) {
    case 'heading':
      return row.heading === 'favourites' ? <IconStar size={15} stroke={1.6} /> : null;
    case 'folder':
      return row.isExpanded === true ? (
        <IconFolderOpen size={15} stroke={1.6} />
      ) : (
        <IconFolder size={15} stroke={1.6} />
      );
    case 'damaged':
      return <IconFileBroken size={15} stroke={1.6} className={classes.broken} />;
    case 'database':
      return <IconDatabase size={15} stroke={1.6} />;
    case 'schema':
      return <IconSchema size={15} stroke={1.6} />;
    case 'favourites':
      return <IconStar size={15} stroke={1.6} />;
    case 'node':
    case 'missing':
      return <NodeIcon kind={row.node.kind} />;
    default:
      return null;
  }
}

/** What tells a node from others of its name: arguments or table, and its schema where that is not above it. */
const besideNode = ({ node: { qualifier = '', schema }, isFound }: RowOf<'node'>): string =>
  [qualifier, isFound ? schema : ''].filter((part) => part !== '').join(' · ');

/** The name as it is searched and marked. */
function plainName(row: NavigatorRow): string {
  if (row.type === 'node') return row.node.name;
  if (row.type === 'database') return row.database.name;
  return row.type === 'schema' ? row.schema.name : rowName(row);
}

const isSearched = ({ type }: NavigatorRow): boolean =>
  type === 'node' || type === 'schema' || type === 'database' || type === 'damaged';

interface RowContentProps {
  readonly row: NavigatorRow;
  readonly words: FilterWords;
  /** At the right edge; null for none. */
  readonly figure?: string | null;
}

/** Picture, name and figure of a row that is no data source. What stands beside the name is in the row's description. */
export function RowContent({ row, words, figure = rowFigure(row) }: RowContentProps) {
  return (
    <>
      <span className={classes.icon} aria-hidden>
        <RowIcon row={row} />
      </span>
      <span className={classes.label}>
        <MarkedName name={plainName(row)} words={isSearched(row) ? words : []} />
        {row.type === 'missing' && (
          <span className={classes.beside} aria-hidden>
            {navigatorText.missingMark}
          </span>
        )}
        {row.type === 'node' && (
          <span className={classes.beside} aria-hidden>
            {visibleName(besideNode(row))}
          </span>
        )}
        {figure !== null && (
          <span
            className={classes.count}
            aria-hidden
            title={row.type === 'node' ? rowCountHint(row.rows) : undefined}
            // Drawn by the style sheet: it is no part of the name, which must hold every text that is seen.
            data-figure={figure}
          />
        )}
      </span>
    </>
  );
}
