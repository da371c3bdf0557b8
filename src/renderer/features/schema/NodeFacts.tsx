import type { Fact } from '../../../shared/model/fact.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { factList } from '../../lib/factList.ts';
import { schemaText } from '../../text/schema.ts';
import classes from './NodeDetail.module.css';
import { useNodeFactTexts } from './useEngine.ts';

/** What else the server says about a node, in the engine's words. */
export function NodeFacts({ sourceId, facts }: { sourceId: DataSourceId; facts: readonly Fact[] }) {
  const known = factList(facts, useNodeFactTexts(sourceId));
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
