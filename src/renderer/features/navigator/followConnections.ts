import type { StoreApi } from 'zustand/vanilla';
import { defaultSchemaOf } from '../../../shared/engines/engines.ts';
import type { DataSourceSummary } from '../../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import { isRelation } from '../../lib/isRelation.ts';
import { latestValue } from '../../lib/loadable.ts';
import { isConnected } from '../../lib/sessionOf.ts';
import type { Names, SourceTree } from '../schema/index.ts';
import { schemaKey, sourceKey } from './keys.ts';
import { outlineScope } from './toggles.ts';

type Part<State> = Pick<StoreApi<State>, 'getState' | 'subscribe'>;

interface FollowPorts {
  readonly connections: Part<{
    readonly byId: Readonly<Record<DataSourceId, DataSourceSummary>>;
    readonly states: Readonly<Record<DataSourceId, SourceState>>;
  }>;
  readonly schemas: Part<{
    readonly trees: Readonly<Record<DataSourceId, SourceTree>>;
    readonly open: (id: DataSourceId) => Promise<void>;
  }>;
  /** Reads the other databases of the server of a data source that has just been connected, and forgets them. */
  readonly databases: Part<{
    readonly load: (id: DataSourceId) => Promise<void>;
    readonly drop: (id: DataSourceId) => void;
  }>;
  readonly expand: (scope: string, key: string) => void;
  /** Whether the server of a data source has databases beside the one of its sessions. */
  readonly hasDatabases: (id: DataSourceId) => boolean;
  /** Whether anything below a data source was opened or closed already. */
  readonly isTouched: (id: DataSourceId) => boolean;
}

/** An interrupted connection is still the same one: what is shown of it stays as somebody has arranged it. */
const isInterrupted = (state: SourceState | undefined): boolean =>
  state?.status === 'reconnecting' || state?.status === 'open-circuit';

/**
 * The schema that is opened by itself: the only one, the one that unqualified names belong to, or else the first that has
 * rows in it. Null while that cannot be said yet.
 */
export function schemaToOpen(names: Names, preferred: string | null): string | null {
  const own = names.schemas.filter(({ isSystem }) => !isSystem).map(({ name }) => name);
  const isFilled = (name: string): boolean =>
    names.nodesOf.get(name)?.some((node) => isRelation(node) || node.kind === 'resource') ?? false;
  const [only] = own;
  if (own.length === 1 && only !== undefined) return only;
  const wanted = own.find((name) => name === preferred) ?? null;
  if (wanted !== null && isFilled(wanted)) return wanted;
  return names.isWhole ? (own.find(isFilled) ?? wanted) : null;
}

/**
 * Opens a data source in the navigator when it has been connected, loads its names, and opens the schema that a person
 * most likely wants.
 * @returns ends it
 */
export function followConnections({
  connections,
  schemas,
  databases,
  hasDatabases,
  expand,
  isTouched,
}: FollowPorts): () => void {
  const look = (
    states: Readonly<Record<DataSourceId, SourceState>>,
    before: Readonly<Record<DataSourceId, SourceState>>,
  ): void => {
    for (const [id, state] of Object.entries(states)) {
      const previous = before[id];
      if (state === previous || !isConnected(state) || isConnected(previous)) continue;
      // Found connected, as after unlocking the app, it stays as somebody has left it.
      const isArranged = isInterrupted(previous) || (previous === undefined && isTouched(id));
      if (!isArranged) expand(outlineScope, sourceKey(id));
      void schemas.getState().open(id);
      if (hasDatabases(id)) void databases.getState().load(id);
    }
  };
  const forgetDatabases = (states: Readonly<Record<DataSourceId, SourceState>>): void => {
    for (const [id, { status }] of Object.entries(states))
      if (status === 'idle') databases.getState().drop(id);
  };
  const openDefault = (id: DataSourceId, tree: SourceTree): void => {
    const names = latestValue(tree.names);
    const settings = connections.getState().byId[id]?.dataSource.engine;
    if (names === null || settings === undefined || isTouched(id)) return;
    const schema = schemaToOpen(names, defaultSchemaOf(settings));
    if (schema !== null) expand(id, schemaKey(id, schema));
  };
  const stops = [
    connections.subscribe(({ states }, { states: before }) => {
      if (states === before) return;
      forgetDatabases(states);
      look(states, before);
    }),
    schemas.subscribe(({ trees }, { trees: before }) => {
      if (trees === before) return;
      for (const [id, tree] of Object.entries(trees)) if (tree !== before[id]) openDefault(id, tree);
    }),
  ];
  look(connections.getState().states, {});
  return () => {
    for (const stop of stops) stop();
  };
}
