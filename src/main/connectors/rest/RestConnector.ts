import type { RestConfig } from '../../../shared/engines/rest/config.ts';
import type { Answer, ApiDocument, ResourcePreview } from '../../../shared/model/requests.ts';
import { AppError } from '../../base/AppError.ts';
import type { Catalogue, RowReader } from '../Catalogue.ts';
import type { Connection } from '../Connection.ts';
import type { Connector } from '../Connector.ts';
import type { ObtainedSecret, RequestTools } from '../RequestTools.ts';
import { RestCatalogue } from './reading/RestCatalogue.ts';
import { RestRowReader } from './reading/RestRowReader.ts';

const missing = () => Promise.reject(new AppError('UNSUPPORTED', { title: 'Not there yet' }));

/** APIs that answer JSON over HTTP. */
export class RestConnector implements Connector<'rest'> {
  readonly stages = ['dns', 'tcp', 'tls', 'auth'] as const;
  readonly catalogue: Catalogue = new RestCatalogue();
  readonly rows: RowReader = new RestRowReader();
  readonly dialect = null;
  readonly activity = null;
  readonly requests: RequestTools<'rest'> = {
    send: (): Promise<Answer> => missing(),
    preview: (): Promise<ResourcePreview> => missing(),
    signIn: (): Promise<ObtainedSecret> => missing(),
    curlOf: (): Promise<string> => missing(),
    readDocument: async (...input): Promise<ApiDocument> => {
      const { readDocument } = await import('./documents/readDocument.ts');
      return readDocument(...input);
    },
    loadDocument: (): Promise<string> => missing(),
  };

  connect(_config: RestConfig): Promise<Connection> {
    return missing();
  }
}
