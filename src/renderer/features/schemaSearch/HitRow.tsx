import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { SearchHit } from '../../../shared/model/schemaSearch.ts';
import type { NodeRef } from '../../../shared/model/schemaTree.ts';
import { formatCount } from '../../lib/format.ts';
import { schemaText } from '../../text/schema.ts';
import { schemaSearchText as words } from '../../text/schemaSearch.ts';
import { NodeIcon, noSchema, visibleName } from '../schema/index.ts';
import { shownNode } from './openHit.ts';
import classes from './Search.module.css';
import type { SearchRow } from './searchRows.ts';

/** A line with what was found in it marked. A tab in it is a space, and other signs that are not seen are written out. */
function Marked({ hit: { before, hit, after } }: { readonly hit: SearchHit }) {
  const shown = (text: string): string => visibleName(text.replaceAll('\t', ' ').replaceAll('\r', ''));
  return (
    <>
      {shown(before)}
      {hit !== '' && <mark className={classes.match}>{shown(hit)}</mark>}
      {shown(after)}
    </>
  );
}

/** What was found by its place: what it is of the object, and where. */
function besideHit({ line, part, place }: SearchHit): string {
  const ofPart = part === null ? [] : [words.parts[part.kind], visibleName(part.name)];
  if (place === 'names' || place === 'columns') return ofPart[0] ?? '';
  const isCode = place === 'definitions' && part === null && line !== null;
  return [
    ...ofPart,
    ...(place === 'comments' ? [words.comment] : []),
    ...(isCode ? [words.line(line)] : []),
  ].join(' ');
}

function ObjectRow({ node, row }: { readonly node: NodeRef; readonly row: SearchRow & { type: 'object' } }) {
  const { named, count } = row;
  const { kind, name, qualifier, schema } = node;
  return (
    <>
      <span className={classes.icon}>
        <NodeIcon kind={kind} />
      </span>
      <span className={classes.object}>
        {schema !== noSchema && `${visibleName(schema)}.`}
        {named === null ? visibleName(name) : <Marked hit={named} />}
      </span>
      <span className={classes.beside}>
        {[visibleName(qualifier ?? ''), schemaText.kindLabel[kind], count > 0 ? formatCount(count) : '']
          .filter((part) => part !== '')
          .join(' · ')}
      </span>
    </>
  );
}

/** One line of the results. */
export function HitRow({ sourceId, row }: { readonly sourceId: DataSourceId; readonly row: SearchRow }) {
  if (row.type === 'object') return <ObjectRow node={shownNode(sourceId, row.node)} row={row} />;
  const { hit } = row;
  return (
    <>
      <span className={classes.beside}>{besideHit(hit)}</span>
      <span className={`${classes.text} ${hit.place === 'comments' ? '' : classes.code}`}>
        <Marked hit={hit} />
      </span>
    </>
  );
}
