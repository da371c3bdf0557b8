import type { DataSource, Draft } from '../../shared/model/dataSource.ts';
import type { ConnectTarget } from '../connectors/Connector.ts';

/**
 * Says where a data source really is and how to get its password at the moment a server asks. Implemented in `app`,
 * over the vault and the demo server.
 */
export interface ConnectTargets {
  /** Starts the demo server first when the data source is on it. */
  forDataSource(dataSource: DataSource, signal: AbortSignal): Promise<ConnectTarget>;
  /** The same for a draft: with the password just typed, or the stored one if the draft still has the same host. */
  forDraft(draft: Draft, signal: AbortSignal): Promise<ConnectTarget>;
}
