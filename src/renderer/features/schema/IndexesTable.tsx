import type { NodeDetail } from '../../../shared/model/schemaTree.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { schemaText } from '../../text/schema.ts';
import classes from './NodeDetail.module.css';
import { visibleName } from './visibleName.ts';

interface IndexesTableProps {
  readonly indexes: NodeDetail['indexes'];
  readonly nodeName: string;
  /** Whether its kind never has indexes. */
  readonly hasNoneOfItsOwn: boolean;
}

/** The indexes of a relation with what they are for. */
export function IndexesTable({ indexes, nodeName, hasNoneOfItsOwn }: IndexesTableProps) {
  const words = schemaText.indexes;
  if (indexes.length === 0) {
    return (
      <EmptyState title={words.none} message={hasNoneOfItsOwn ? words.noneOfItsOwn : words.noneMessage} />
    );
  }
  return (
    <table className={classes.table} aria-label={words.caption(nodeName)}>
      <colgroup>
        <col style={{ width: '30%' }} />
        <col style={{ width: 96 }} />
        <col />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{words.name}</th>
          <th scope="col">{words.properties}</th>
          <th scope="col">{words.definition}</th>
        </tr>
      </thead>
      <tbody>
        {indexes.map((index) => (
          <tr key={index.name}>
            <th scope="row">{visibleName(index.name)}</th>
            <td>
              <div className={classes.tags}>
                {index.isPrimary && (
                  <span className={classes.tag} data-tone="key">
                    {words.primary}
                  </span>
                )}
                {index.isUnique && !index.isPrimary && <span className={classes.tag}>{words.unique}</span>}
                {!index.isVisible && (
                  <span className={classes.tag} title={words.invisibleHint}>
                    {words.invisible}
                  </span>
                )}
                {!index.isValid && (
                  <span className={classes.tag} data-tone="bad" title={words.invalidHint}>
                    {words.invalid}
                  </span>
                )}
              </div>
            </td>
            <td className={classes.mono}>{index.definition}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
