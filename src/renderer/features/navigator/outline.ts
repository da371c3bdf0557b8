import type { OtherDatabase } from '../../../shared/model/databases.ts';
import type { DamagedDataSource } from '../../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { NodeRef } from '../../../shared/model/schemaTree.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import type { Arrangement } from '../../../shared/model/tabs.ts';
import { latestValue } from '../../lib/loadable.ts';
import { isConnected } from '../../lib/sessionOf.ts';
import { favouritesOf } from '../objects/index.ts';
import { emptyTree, type SourceTree } from '../schema/index.ts';
import { arrangedFor, type Container, type Folder, favourites as favouriteSources } from './arrangement.ts';
import { noDatabases, showsBelow } from './databaseRows.ts';
import {
  damagedHeadingKey,
  damagedKey,
  databasesKey,
  favouritesKey,
  folderKey,
  noteKey,
  sourceKey,
} from './keys.ts';
import { isSame, rowKeeper } from './rowKeeper.ts';
import type { NavigatorRow, RowContent, SchemaRow } from './rows.ts';
import { type SchemaRowsInput, schemaRows } from './schemaRows.ts';
import { outlineScope, type Toggles, togglesOf } from './toggles.ts';

export interface OutlineInput {
  /** Ids of all data sources, by name. */
  readonly byName: readonly DataSourceId[];
  readonly damaged: readonly DamagedDataSource[];
  readonly arrangement: Arrangement;
  readonly states: Readonly<Record<DataSourceId, SourceState>>;
  readonly trees: Readonly<Record<DataSourceId, SourceTree>>;
  /** The other databases of their servers. */
  readonly databases: Readonly<Record<DataSourceId, readonly OtherDatabase[]>>;
  readonly toggles: Toggles;
  /** Data sources whose system schemas are shown. */
  readonly showsSystem: ReadonlySet<DataSourceId>;
  /** Favourite objects of each data source that has some. */
  readonly favourites: Readonly<Record<DataSourceId, readonly NodeRef[]>>;
}

/** Whether there is, or soon will be, something below a data source. */
export function isOpenable(id: DataSourceId, { states, trees }: Pick<OutlineInput, 'states' | 'trees'>) {
  if (isConnected(states[id])) return true;
  const status = states[id]?.status ?? 'idle';
  return status !== 'idle' && status !== 'closing' && latestValue((trees[id] ?? emptyTree).names) !== null;
}

interface Entry {
  readonly key: string;
  readonly content: RowContent;
  readonly isExpanded: boolean | null;
  /** Adds the rows below it. */
  readonly below?: () => void;
}

/** Stands below a database that cannot be opened, and says why. */
const refusalOf = (sourceId: DataSourceId): Entry => ({
  key: noteKey(sourceId, ''),
  content: { type: 'note', sourceId, note: 'refused' },
  isExpanded: null,
});

/** One making of the rows. */
class OutlineDraft {
  readonly rows: NavigatorRow[] = [];
  readonly #input: OutlineInput;
  readonly #toggled: ReadonlyMap<string, boolean>;
  readonly #keep: (row: NavigatorRow) => NavigatorRow;
  readonly #schemaRowsOf: (input: SchemaRowsInput) => readonly SchemaRow[];

  constructor(
    input: OutlineInput,
    keep: (row: NavigatorRow) => NavigatorRow,
    schemaRowsOf: (input: SchemaRowsInput) => readonly SchemaRow[],
  ) {
    this.#input = input;
    this.#toggled = togglesOf(input.toggles, outlineScope);
    this.#keep = keep;
    this.#schemaRowsOf = schemaRowsOf;
  }

  add(entries: readonly Entry[], level: number, parentKey: string | null): void {
    for (const [index, { key, content, isExpanded, below }] of entries.entries()) {
      const place = { key, parentKey, level, position: index + 1, setSize: entries.length, isExpanded };
      this.rows.push(this.#keep(Object.assign(place, content)));
      if (isExpanded === true) below?.();
    }
  }

  source(id: DataSourceId, container: Container, level: number): Entry {
    const key = sourceKey(id);
    return {
      key,
      content: { type: 'source', sourceId: id, container, folder: null },
      isExpanded: isOpenable(id, this.#input) && this.#toggled.get(key) === true,
      below: () => {
        this.#addSchemas(id, level + 1, key);
        this.#addDatabases(id, level + 1, key);
      },
    };
  }

  #addSchemas(id: DataSourceId, level: number, parentKey: string): void {
    const made = this.#schemaRowsOf(schemaInput(id, { level, parentKey }, this.#input));
    for (const row of made) this.rows.push(row);
  }

  /** The other databases of the server stand behind what is in its own one, in a group that is closed at first. */
  #addDatabases(sourceId: DataSourceId, level: number, parentKey: string): void {
    const databases = this.#input.databases[sourceId] ?? noDatabases;
    if (databases.length === 0) return;
    const key = databasesKey(sourceId);
    const entry: Entry = {
      key,
      content: { type: 'databases', sourceId, count: databases.length },
      isExpanded: this.#toggled.get(key) === true,
      below: () =>
        this.add(
          databases.map((database) => this.#database(database, level + 1)),
          level + 1,
          key,
        ),
    };
    this.add([entry], level, parentKey);
  }

  #database(database: OtherDatabase, level: number): Entry {
    const { id, refusal } = database;
    const key = sourceKey(id);
    const state = this.#input.states[id];
    return {
      key,
      content: { type: 'database', sourceId: id, database },
      isExpanded: refusal === null ? showsBelow(state) && this.#toggled.get(key) === true : null,
      below: () => {
        const isRefused = state?.status === 'failed';
        if (isRefused) this.add([refusalOf(id)], level + 1, key);
        else this.#addSchemas(id, level + 1, key);
      },
    };
  }

  folder({ id, name, isExpanded }: Folder, members: readonly DataSourceId[]): Entry {
    const key = folderKey(id);
    return {
      key,
      content: { type: 'folder', folderId: id, name, count: members.length },
      isExpanded,
      below: () => this.#addSources(members, id, key),
    };
  }

  favourites(ids: readonly DataSourceId[]): Entry {
    return this.#heading('favourites', favouritesKey, ids.length, () =>
      this.#addSources(ids, favouriteSources, favouritesKey),
    );
  }

  damaged(damaged: readonly DamagedDataSource[]): Entry {
    const entries = damaged.map(({ id }) => {
      const content = { type: 'damaged', damagedId: id } as const;
      return { key: damagedKey(id), content, isExpanded: null };
    });
    return this.#heading('damaged', damagedHeadingKey, damaged.length, () =>
      this.add(entries, 2, damagedHeadingKey),
    );
  }

  #heading(heading: 'favourites' | 'damaged', key: string, count: number, below: () => void): Entry {
    const isExpanded = this.#toggled.get(key) ?? true;
    return { key, content: { type: 'heading', heading, count }, isExpanded, below };
  }

  #addSources(ids: readonly DataSourceId[], container: string, parentKey: string): void {
    const entries = ids.map((id) => this.source(id, container, 2));
    this.add(entries, 2, parentKey);
  }
}

/**
 * Makes the rows of the navigator without a filter. Work is kept: the rows below a data source are made anew only when
 * something of it has changed, and a row that stays the same stays the same object, so that it is not drawn again.
 */
export function createOutline(makeSchemaRows: (input: SchemaRowsInput) => readonly SchemaRow[] = schemaRows) {
  const schemaRowsOf = memoBySource(makeSchemaRows);
  const keeper = rowKeeper();
  return (input: OutlineInput): readonly NavigatorRow[] => {
    const shown = arrangedFor(input.arrangement, input.byName);
    const draft = new OutlineDraft(input, keeper.begin(), schemaRowsOf);
    const entries = shown.top.map((entry) =>
      entry.type === 'folder'
        ? draft.folder(entry.folder, shown.inFolder.get(entry.folder.id) ?? [])
        : draft.source(entry.sourceId, null, 1),
    );
    if (shown.favourites.length > 0) entries.unshift(draft.favourites(shown.favourites));
    if (input.damaged.length > 0) entries.push(draft.damaged(input.damaged));
    draft.add(entries, 1, null);
    return draft.rows;
  };
}

/** What the rows below a data source are made of. */
export function schemaInput(
  sourceId: DataSourceId,
  place: Pick<SchemaRowsInput, 'level' | 'parentKey'>,
  {
    favourites,
    trees,
    toggles,
    showsSystem,
  }: Pick<OutlineInput, 'favourites' | 'trees' | 'toggles' | 'showsSystem'>,
): SchemaRowsInput {
  const { names, isCancelled, counted } = trees[sourceId] ?? emptyTree;
  return {
    ...place,
    sourceId,
    names,
    isCancelled,
    counted,
    showsSystem: showsSystem.has(sourceId),
    favourites: favouritesOf({ favourites }, sourceId),
    toggled: togglesOf(toggles, sourceId),
  };
}

/** Makes rows of a data source again only when their input is another one. */
export function memoBySource<Input extends { readonly sourceId: DataSourceId }, Result>(
  make: (input: Input) => Result,
): (input: Input) => Result {
  const made = new Map<DataSourceId, { readonly input: Input; readonly result: Result }>();
  return (input) => {
    const known = made.get(input.sourceId);
    if (known !== undefined && isSame(known.input, input)) return known.result;
    const result = make(input);
    made.set(input.sourceId, { input, result });
    return result;
  };
}
