import type { DataSource, Draft } from '../../shared/model/dataSource.ts';
import type { ConnectTarget } from '../connectors/Connector.ts';

/**
 * Says where a data source really is and how to get its password at the moment a server asks. Implemented in `app`,
 * over the vault and the demo server.
 */
export interface ConnectTargets {
  /**
   * The address as it is saved and verified now. Starts the demo server first when the data source is on it; asks nobody.
   * @throws DATA_SOURCE_CHANGED, ADDRESS_UNCONFIRMED, VAULT_…
   */
  forDataSource(dataSource: DataSource, signal: AbortSignal): Promise<ConnectTarget>;
  /**
   * The same for a draft, with the password just typed or the stored one. May ask the person first.
   * @throws PASSWORD_REQUIRED, ADDRESS_UNCONFIRMED, DATA_SOURCE_CHANGED, QUESTION_OPEN, VAULT_…
   */
  forDraft(draft: Draft, signal: AbortSignal): Promise<ConnectTarget>;
}
