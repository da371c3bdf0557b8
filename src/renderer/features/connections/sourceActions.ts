import type { StoreApi } from 'zustand/vanilla';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { KnownDatabase } from '../../../shared/model/databases.ts';
import type {
  DataSourceFields,
  DataSourceSummary,
  Draft,
  SavedDataSource,
} from '../../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { call } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { isConnected } from '../../lib/sessionOf.ts';
import type { WithVault } from '../vault/index.ts';
import type { ConnectionsState } from './connectionsState.ts';

/** What a person does to one data source. Failures are reported, not thrown. */
export interface SourceActions {
  readonly connect: (id: DataSourceId) => Promise<void>;
  /** Asks the keychain again, and then connects: whether that helped shows there. */
  readonly connectWithKeychain: (id: DataSourceId) => Promise<void>;
  readonly disconnect: (id: DataSourceId) => Promise<void>;
  readonly duplicate: (id: DataSourceId) => Promise<void>;
  readonly rename: (id: DataSourceId, name: string) => Promise<void>;
  /** Answers whether it was removed. */
  readonly remove: (id: DataSourceId) => Promise<boolean>;
  readonly restore: (id: DataSourceId) => Promise<void>;
  /** Declares one right that was changed outside or never signed; connects it when that was all it waited for. */
  readonly confirm: (id: DataSourceId) => Promise<void>;
  readonly removeDamaged: (id: string) => Promise<void>;
  /** Answers whether the URL is on the clipboard: main asks before it puts a password there. */
  readonly copyUrl: (id: DataSourceId, withPassword: boolean) => Promise<boolean>;
}

export interface SourcePorts {
  readonly call: typeof call;
  /** Shows a failure that has no place of its own on the screen. */
  readonly reportError: (error: ErrorDto) => void;
  /** Runs work that needs the vault; asks for what is missing and then runs it once more. */
  readonly withVault: WithVault;
  /** Whether nothing is lost when it is disconnected, or the person agrees to that. */
  readonly mayDisconnect: (id: DataSourceId) => Promise<boolean>;
  /** Asks the person for the password of a data source, and connects with it. */
  readonly askPassword: (id: DataSourceId) => void;
}

interface SourceContext extends SourcePorts {
  readonly set: StoreApi<ConnectionsState>['setState'];
  readonly get: StoreApi<ConnectionsState>['getState'];
  readonly upsert: (saved: SavedDataSource) => void;
}

/** How a connect ends that a person gave up. */
const gaveUpCodes: readonly ErrorDto['code'][] = ['CANCELLED', 'POOL_CLOSED'];

/** Why main did not begin to connect: these are in no state. */
const notBegunCodes: readonly ErrorDto['code'][] = ['ADDRESS_UNCONFIRMED', 'QUESTION_OPEN'];

function createConnectActions({ call, reportError, askPassword, get }: SourceContext) {
  const report = (id: DataSourceId, dto: ErrorDto): void => {
    const isInState = (get().states[id]?.status ?? 'idle') !== 'idle' && !notBegunCodes.includes(dto.code);
    // Why it does not connect is in its state, which the page shows; giving up is nobody's news.
    if (!isInState && !gaveUpCodes.includes(dto.code)) reportError(dto);
  };
  const connectSaved = async (id: DataSourceId): Promise<void> => {
    try {
      await call('dataSources.connect', { id, secret: null });
    } catch (error) {
      const dto = errorDtoOf(error);
      if (dto.code === 'PASSWORD_REQUIRED') askPassword(id);
      else report(id, dto);
    }
  };
  /** Its data source is connected first: that asks for what is missing, and has the secrets. */
  const connectDatabase = async ({ id, sourceId, name }: KnownDatabase): Promise<void> => {
    if (!isConnected(get().states[sourceId])) await connectSaved(sourceId);
    if (!isConnected(get().states[sourceId])) return;
    try {
      await call('server.openDatabase', { id: sourceId, database: name });
    } catch (error) {
      report(id, errorDtoOf(error));
    }
  };
  const connect = (id: DataSourceId): Promise<void> => {
    const database = get().databases[id];
    return database === undefined ? connectSaved(id) : connectDatabase(database);
  };
  return {
    connect,
    async connectWithKeychain(id: DataSourceId) {
      // Why the keychain still cannot be used is what the connect says next.
      await call('vault.retry', null).catch(() => undefined);
      await connect(id);
    },
  };
}

/** A saved data source with some of its fields changed. The demo's secrets are the app's own. */
export function draftOfSaved(
  { dataSource, secrets }: DataSourceSummary,
  changed: Partial<DataSourceFields> = {},
): Draft {
  const { id, createdAt: _createdAt, updatedAt: _updatedAt, ...fields } = dataSource;
  const kept = fields.origin === 'demo' ? [] : Object.keys(secrets);
  return {
    id,
    fields: { ...fields, ...changed },
    secrets: Object.fromEntries(kept.map((field) => [field, { type: 'stored' as const }])),
  };
}

export function createSourceActions(context: SourceContext): SourceActions {
  const { call, reportError, withVault, mayDisconnect, set, get, upsert } = context;
  const attempt = async (work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      reportError(errorDtoOf(error));
      return false;
    }
  };
  const take = (saved: SavedDataSource) => {
    upsert(saved);
    set({ selectedId: saved.dataSource.id });
  };
  const connectActions = createConnectActions(context);

  return {
    ...connectActions,
    async disconnect(id) {
      const databases = Object.values(get().databases).filter(({ sourceId }) => sourceId === id);
      // The other databases of its server are closed with it.
      for (const one of [id, ...databases.map((database) => database.id)]) {
        if (!(await mayDisconnect(one))) return;
      }
      await attempt(async () => void (await call('dataSources.disconnect', { id })));
    },
    async duplicate(id) {
      await attempt(async () => take(await call('dataSources.duplicate', { id })));
    },
    async rename(id, name) {
      const summary = get().byId[id];
      if (summary === undefined || summary.dataSource.name === name) return;
      const draft = draftOfSaved(summary, { name });
      await attempt(async () => upsert(await withVault(() => call('dataSources.save', draft))));
    },
    remove: (id) =>
      attempt(async () => {
        await call('dataSources.remove', { id });
        set({ lastRemovedId: id });
      }),
    async restore(id) {
      set({ lastRemovedId: null });
      await attempt(async () => take(await call('dataSources.restore', { id })));
    },
    async confirm(id) {
      const confirmed = await attempt(async () =>
        upsert(await withVault(() => call('dataSources.confirm', { id }))),
      );
      const state = get().states[id];
      const wasRefused = state?.status === 'failed' && state.reason.code === 'DATA_SOURCE_CHANGED';
      if (confirmed && wasRefused) await connectActions.connect(id);
    },
    async removeDamaged(id) {
      await attempt(async () => void (await call('dataSources.removeDamaged', { id })));
    },
    async copyUrl(id, withPassword) {
      let copied = false;
      const copy = () => call('dataSources.copyUrl', { id, withPassword });
      await attempt(async () => {
        ({ copied } = await (withPassword ? withVault(copy) : copy()));
      });
      return copied;
    },
  };
}
