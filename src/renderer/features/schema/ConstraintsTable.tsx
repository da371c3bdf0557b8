import type { NodeDetail } from '../../../shared/model/schemaTree.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { schemaText } from '../../text/schema.ts';
import classes from './NodeDetail.module.css';
import { visibleName } from './visibleName.ts';

interface ConstraintsTableProps {
  readonly constraints: NodeDetail['constraints'];
  readonly nodeName: string;
}

/** The constraints of a relation, in the server's words. */
export function ConstraintsTable({ constraints, nodeName }: ConstraintsTableProps) {
  const words = schemaText.constraints;
  if (constraints.length === 0) return <EmptyState title={words.none} message={words.noneMessage} />;
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
          <th scope="col">{words.kind}</th>
          <th scope="col">{words.definition}</th>
        </tr>
      </thead>
      <tbody>
        {constraints.map(({ name, kind, definition }) => (
          <tr key={`${kind} ${name}`}>
            <th scope="row">{visibleName(name)}</th>
            <td className={classes.dimmed}>{words.kinds[kind]}</td>
            <td className={classes.mono}>{definition}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
