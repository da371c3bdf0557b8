import type { NodeDetail, NodeTraits, RowCount } from '../../../../shared/model/schemaTree.ts';
import type { ServerInfo } from '../../../../shared/model/testReport.ts';
import { AppError } from '../../../base/AppError.ts';
import type { Catalogue, NameReader, ServerOverview } from '../../Catalogue.ts';

const missing = () => Promise.reject(new AppError('UNSUPPORTED', { title: 'Not there yet' }));

export class RestCatalogue implements Catalogue {
  readonly kinds: readonly NodeTraits[] = [{ kind: 'resource', actions: ['structure', 'rows', 'count'] }];

  serverInfo(): Promise<ServerInfo> {
    return missing();
  }

  overview(): Promise<ServerOverview> {
    return missing();
  }

  readNames(): Promise<NameReader> {
    return missing();
  }

  describe(): Promise<NodeDetail> {
    return missing();
  }

  countRows(): Promise<RowCount> {
    return missing();
  }
}
