import { createStore } from 'zustand/vanilla';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { KnownDatabase, OtherDatabase } from '../../../shared/model/databases.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { call } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';

interface DatabasesPorts {
  readonly call: typeof call;
  /** From now on these can be named as data sources are. */
  readonly note: (known: readonly KnownDatabase[]) => void;
  /** A list that somebody asked for again could not be read. */
  readonly reportError: (error: ErrorDto) => void;
}

interface DatabasesState {
  /** The other databases of the servers of data sources that are connected. */
  readonly lists: Readonly<Record<DataSourceId, readonly OtherDatabase[]>>;
  /** Reads the list of a data source. Whoever cannot be told has none: its own database is what matters. */
  /** What databases take on the disk, in bytes, by their ids; asked for when somebody looks at the list. */
  readonly sizes: Readonly<Record<DataSourceId, number>>;
  /** Reads the sizes of what the server of a data source has. Where they cannot be told, there are none. */
  readonly loadSizes: (id: DataSourceId) => Promise<void>;
  readonly load: (id: DataSourceId) => Promise<void>;
  /** The same because a person asks for it: then a failure is told. */
  readonly refresh: (id: DataSourceId) => Promise<void>;
  /** The connection has ended. */
  readonly drop: (id: DataSourceId) => void;
}

/** What the servers of connected data sources have beside the databases of these. */
export function createDatabasesStore({ call, note, reportError }: DatabasesPorts) {
  /** Of several reads of one list only the last one counts. */
  const turns = new Map<DataSourceId, number>();

  return createStore<DatabasesState>()((set, get) => {
    const read = async (id: DataSourceId): Promise<void> => {
      const turn = (turns.get(id) ?? 0) + 1;
      turns.set(id, turn);
      const { databases } = await call('server.databases', { id });
      if (turns.get(id) !== turn) return;
      const open = databases.filter(({ refusal }) => refusal === null);
      note(open.map((database) => ({ id: database.id, sourceId: id, name: database.name })));
      set(({ lists }) => ({ lists: { ...lists, [id]: databases } }));
    };
    return {
      lists: {},
      sizes: {},
      async loadSizes(id) {
        try {
          const { sizes } = await call('server.databaseSizes', { id });
          const bytesOf = new Map(sizes.map(({ name, bytes }) => [name, bytes]));
          const known = (get().lists[id] ?? []).flatMap((database) => {
            const bytes = bytesOf.get(database.name);
            return bytes === undefined ? [] : [[database.id, bytes] as const];
          });
          set((state) => ({ sizes: { ...state.sizes, ...Object.fromEntries(known) } }));
        } catch {
          // The list says enough without them.
        }
      },
      load: (id) => read(id).catch(() => undefined),
      refresh: (id) => read(id).catch((error: unknown) => reportError(errorDtoOf(error))),
      drop(id) {
        turns.set(id, (turns.get(id) ?? 0) + 1);
        if (get().lists[id] === undefined) return;
        set(({ lists: { [id]: _dropped, ...others } }) => ({ lists: others }));
      },
    };
  });
}
