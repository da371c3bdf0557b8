import type {
  RelationRef,
  RelationSummary,
  RowCount,
  SchemaSummary,
} from '../../../shared/model/schemaTree.ts';
import { type Loadable, latestValue } from '../../lib/loadable.ts';
import { parseFilter } from './relationFilter.ts';
import { schemaKey } from './treeKeys.ts';
import { type TreeInput, visibleSchemas } from './treeRows.ts';

export type RelationAspect = 'columns' | 'indexes' | 'definition' | 'rows';
type Relations = Loadable<readonly RelationSummary[]>;

/** What the browser knows about the schema of one data source, and how a person has arranged it. */
export interface SourceTree {
  readonly schemas: Loadable<readonly SchemaSummary[]>;
  readonly relationsOf: ReadonlyMap<string, Relations>;
  readonly showsSystem: boolean;
  readonly filter: string;
  /** Somebody gave up the search; it stays so until the filter changes. */
  readonly isSearchStopped: boolean;
  /** Rows opened or closed by hand, while browsing and while filtering. */
  readonly toggled: ReadonlyMap<string, boolean>;
  readonly filterToggled: ReadonlyMap<string, boolean>;
  readonly activeKey: string | null;
  readonly selected: RelationRef | null;
  /** What is shown of the selected relation; stays when another one is selected. */
  readonly aspect: RelationAspect;
  /** Grows with each refresh, for what components have loaded themselves. */
  readonly revision: number;
}

export const emptyTree: SourceTree = {
  schemas: { status: 'absent' },
  relationsOf: new Map(),
  showsSystem: false,
  filter: '',
  isSearchStopped: false,
  toggled: new Map(),
  filterToggled: new Map(),
  activeKey: null,
  selected: null,
  aspect: 'columns',
  revision: 0,
};

const nothing: Relations = { status: 'absent' };

export const relationsIn = (tree: SourceTree, schema: string): Relations =>
  tree.relationsOf.get(schema) ?? nothing;

export function withRelations(tree: SourceTree, schema: string, relations: Relations): SourceTree {
  return { ...tree, relationsOf: new Map(tree.relationsOf).set(schema, relations) };
}

/** Opens or closes a row; what is done to a filtered tree is forgotten with the filter. */
export function withToggled(tree: SourceTree, key: string, isExpanded: boolean): SourceTree {
  if (tree.filter.trim() !== '') {
    return { ...tree, filterToggled: new Map(tree.filterToggled).set(key, isExpanded) };
  }
  return { ...tree, toggled: new Map(tree.toggled).set(key, isExpanded) };
}

export function withFilter(tree: SourceTree, filter: string): SourceTree {
  // Always the same empty map: with a new one each keystroke would have the old rows drawn again.
  return { ...tree, filter, isSearchStopped: false, filterToggled: emptyTree.filterToggled };
}

/** Schemas have come: a single one is opened, since nothing else could be wanted; what is gone is forgotten. */
export function withSchemas(tree: SourceTree, schemas: readonly SchemaSummary[]): SourceTree {
  const names = new Set(schemas.map((schema) => schema.name));
  const relationsOf = new Map([...tree.relationsOf].filter(([name]) => names.has(name)));
  const own = schemas.filter((schema) => !schema.isSystem);
  const [only] = own;
  const opensOnly = own.length === 1 && only !== undefined && !tree.toggled.has(schemaKey(only.name));
  const toggled = opensOnly ? new Map(tree.toggled).set(schemaKey(only.name), true) : tree.toggled;
  return { ...tree, schemas: { status: 'loaded', value: schemas }, relationsOf, toggled };
}

/** Puts a count that was made on demand in the place of the estimate. */
export function withRowCount(tree: SourceTree, { schema, name }: RelationRef, rows: RowCount): SourceTree {
  const relations = relationsIn(tree, schema);
  if (relations.status !== 'loaded') return tree;
  const value = relations.value.map((relation) =>
    relation.name === name ? { ...relation, rows } : relation,
  );
  return withRelations(tree, schema, { status: 'loaded', value });
}

/** Forgets what the server said and keeps how the tree was arranged, for the next connection. */
export function withoutData(tree: SourceTree): SourceTree {
  return { ...tree, schemas: { status: 'absent' }, relationsOf: new Map(), revision: tree.revision + 1 };
}

/** The tree as it is drawn. */
export function treeInputOf(
  tree: Pick<SourceTree, 'schemas' | 'relationsOf' | 'showsSystem' | 'filter' | 'toggled' | 'filterToggled'>,
): TreeInput {
  const words = parseFilter(tree.filter);
  return {
    schemas: latestValue(tree.schemas) ?? [],
    relationsOf: tree.relationsOf,
    showsSystem: tree.showsSystem,
    words,
    toggled: words.length > 0 ? tree.filterToggled : tree.toggled,
  };
}

/** Names of the visible schemas that are open while browsing, and so need their relations. */
export function openSchemas(tree: SourceTree): readonly string[] {
  const visible = visibleSchemas({
    schemas: latestValue(tree.schemas) ?? [],
    showsSystem: tree.showsSystem,
    words: [],
  });
  return visible.map(({ name }) => name).filter((name) => tree.toggled.get(schemaKey(name)) === true);
}

interface SearchProgress {
  readonly doneCount: number;
  readonly totalCount: number;
  /** Schemas that could not be loaded and so are not searched. */
  readonly failedCount: number;
  /** Schemas that a search has yet to load. */
  readonly missing: readonly string[];
}

/** How much of the own schemas a search can see. */
export function searchProgress(tree: SourceTree): SearchProgress {
  const own = (latestValue(tree.schemas) ?? []).filter((schema) => !schema.isSystem).map(({ name }) => name);
  const unseen = own.filter((name) => latestValue(relationsIn(tree, name)) === null);
  const pending = unseen.filter((name) => relationsIn(tree, name).status !== 'failed');
  return {
    doneCount: own.length - pending.length,
    totalCount: own.length,
    failedCount: unseen.length - pending.length,
    missing: pending.filter((name) => relationsIn(tree, name).status === 'absent'),
  };
}

/** Whether a search is still loading schemas. */
export function isSearching(tree: SourceTree): boolean {
  const { doneCount, totalCount } = searchProgress(tree);
  return !tree.isSearchStopped && doneCount < totalCount;
}

/** The summary of a relation, if its schema is loaded and still has it. */
export function findRelation(tree: SourceTree, ref: RelationRef): RelationSummary | null {
  const relations = latestValue(relationsIn(tree, ref.schema)) ?? [];
  return relations.find((relation) => relation.name === ref.name) ?? null;
}
