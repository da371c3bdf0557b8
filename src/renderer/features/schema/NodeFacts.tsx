import type { Fact } from '../../../shared/model/fact.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { factList } from '../../lib/factList.ts';
import { engineText } from '../../text/engines/index.ts';
import { schemaText } from '../../text/schema.ts';
import { useDataSource } from '../connections/index.ts';
import classes from './NodeDetail.module.css';

/** What else the server says about a node, in the engine's words. */
export function NodeFacts({ sourceId, facts }: { sourceId: DataSourceId; facts: readonly Fact[] }) {
  const kind = useDataSource(sourceId)?.dataSource.engine.kind;
  const known = factList(facts, kind === undefined ? {} : engineText(kind).nodeFacts);
  if (known.length === 0) return null;
  return (
    <dl className={classes.nodeFacts} aria-label={schemaText.facts}>
      {known.map(({ label, value }) => (
        <div key={label} className={classes.nodeFact}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
