import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { Dependency, NodeDependencies, NodeRef } from '../../../shared/model/schemaTree.ts';
import { call } from '../../lib/api.ts';
import { isRelation } from '../../lib/isRelation.ts';
import { useLoadable } from '../../lib/useLoadable.ts';
import { relationText } from '../../text/relation.ts';
import { schemaText } from '../../text/schema.ts';
import { DetailPanel, NodeIcon, nodeKey, relationNode, visibleName } from '../schema/index.ts';
import { tabsStore } from '../tabs/index.ts';
import classes from './Relation.module.css';

const words = relationText.dependencies;

interface DependencyRowProps {
  readonly sourceId: DataSourceId;
  readonly dependency: Dependency;
}

function DependencyRow({ sourceId, dependency: { node: found, through } }: DependencyRowProps) {
  // The names of the tree know the kinds of relations better than some servers say them here.
  const node = isRelation(found) ? relationNode(sourceId, found) : found;
  const place = [node.schema, node.name].filter((part) => part !== '').map(visibleName);
  return (
    <li>
      <button
        type="button"
        className={classes.dependency}
        onClick={() => tabsStore.getState().openRelation(sourceId, node, { segment: 'structure' })}
      >
        <NodeIcon kind={node.kind} />
        <span className={classes.dependencyName}>
          {place.join('.')}
          {node.qualifier !== undefined && `(${visibleName(node.qualifier)})`}
        </span>
        <span className={classes.step}>{schemaText.kindLabel[node.kind]}</span>
        {through !== null && <span className={classes.step}>{words.through(visibleName(through))}</span>}
      </button>
    </li>
  );
}

interface DirectionProps {
  readonly sourceId: DataSourceId;
  readonly direction: keyof NodeDependencies;
  readonly list: NodeDependencies['uses'];
}

function Direction({ sourceId, direction, list: { nodes, total } }: DirectionProps) {
  const title = words[direction];
  return (
    <section className={classes.direction} aria-label={title}>
      <h3 className={classes.directionTitle}>{title}</h3>
      {nodes.length === 0 ? (
        <p className={classes.comment}>{words.none[direction]}</p>
      ) : (
        <ul className={classes.dependencies}>
          {nodes.map((dependency) => (
            <DependencyRow key={nodeKey(dependency.node)} sourceId={sourceId} dependency={dependency} />
          ))}
        </ul>
      )}
      {total > nodes.length && <p className={classes.comment}>{schemaText.listCut(nodes.length, total)}</p>}
    </section>
  );
}

interface DependenciesPaneProps {
  readonly sourceId: DataSourceId;
  readonly node: NodeRef;
  /** Loads again when it grows. */
  readonly revision: number;
}

/** What a node needs and what needs it. Each opens. */
export function DependenciesPane({ sourceId, node, revision }: DependenciesPaneProps) {
  const control = useLoadable(
    `${sourceId}\0${nodeKey(node)}`,
    (signal) => call('schema.dependencies', { id: sourceId, node }, { signal }),
    { revision },
  );
  return (
    <DetailPanel detail={control}>
      {(loaded) => (
        <>
          <Direction sourceId={sourceId} direction="uses" list={loaded.uses} />
          <Direction sourceId={sourceId} direction="usedBy" list={loaded.usedBy} />
        </>
      )}
    </DetailPanel>
  );
}
