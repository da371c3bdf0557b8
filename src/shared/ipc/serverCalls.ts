import { databaseListSchema, databaseRefSchema, databaseSizesSchema } from '../model/databases.ts';
import { rightsInputSchema, rightsPageSchema } from '../model/roleRights.ts';
import { serverSettingsSchema } from '../model/serverSettings.ts';
import { byId, type CallDefinition, call, nothing } from './callDefinition.ts';

/** The calls about what belongs to a server as a whole and not to one of its databases. */
export const serverCalls = {
  /** Every setting that the role may see, with where its value comes from. */
  'server.settings': call(byId, serverSettingsSchema),
  /** What a role may do, a page at a time. */
  'server.rights': call(rightsInputSchema, rightsPageSchema),
  /** The other databases that the user of a data source may connect to, by name. */
  'server.databases': call(byId, databaseListSchema),
  /** Of these, which takes the server a while where there are many: nothing waits for it. */
  'server.databaseSizes': call(byId, databaseSizesSchema),
  /**
   * Connects to another database of a data source's server with the data source's own settings and secrets. From then on
   * the id of the database is taken wherever one of a data source is.
   */
  'server.openDatabase': call(databaseRefSchema, nothing),
} as const satisfies Record<string, CallDefinition>;
