import type { RestConfig } from '../../../shared/engines/rest/config.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Catalogue, RowReader } from '../Catalogue.ts';
import type { CatalogueSearch } from '../CatalogueSearch.ts';
import type { Connection } from '../Connection.ts';
import type { ConnectOptions, Connector, ConnectTarget } from '../Connector.ts';
import { type Lookup, systemLookup } from '../network/sockets/resolveHost.ts';
import type { RequestTools } from '../RequestTools.ts';
import { signIn } from './authentication/signIn.ts';
import { ApiRegistry } from './client/ApiRegistry.ts';
import { curlCommand } from './client/curlCommand.ts';
import { loadDocument } from './client/loadDocument.ts';
import { openConnection, type RestStage, type Surroundings } from './client/openConnection.ts';
import { sendVerbatim } from './client/sendVerbatim.ts';
import { restTypes } from './logicalTypes.ts';
import { apiSessionOf } from './reading/apiSessionOf.ts';
import { previewResource } from './reading/previewResource.ts';
import { RestCatalogue } from './reading/RestCatalogue.ts';
import { RestRowReader } from './reading/RestRowReader.ts';
import { RestSearch } from './reading/RestSearch.ts';

/** APIs that answer JSON over HTTP. */
export class RestConnector implements Connector<'rest'> {
  readonly stages: readonly RestStage[] = ['dns', 'tcp', 'tls', 'auth'];
  readonly catalogue: Catalogue = new RestCatalogue();
  readonly search: CatalogueSearch = new RestSearch();
  readonly rows: RowReader = new RestRowReader();
  readonly dialect = null;
  readonly activity = null;
  readonly server = null;
  readonly types = restTypes;
  readonly writer = null;
  readonly requests: RequestTools<'rest'>;
  readonly #surroundings: Surroundings;

  /** @param random 0 inclusive to 1 exclusive, for pauses */
  constructor(clock: Clock, lookup: Lookup = systemLookup, random: () => number = Math.random) {
    const surroundings = { clock, lookup, random, registry: new ApiRegistry(clock, random) };
    this.#surroundings = surroundings;
    this.requests = {
      send: (connection, request, options) => sendVerbatim(connection, request, options, clock),
      preview: (connection, resource, options) =>
        previewResource(apiSessionOf(connection), resource, options),
      signIn: (config, options) => signIn(config, options, surroundings),
      curlOf: (config, what, secret) => curlCommand(config, what, secret, clock.wallMs()),
      readDocument: async (...input) => {
        const { readDocument } = await import('./documents/readDocument.ts');
        return readDocument(...input);
      },
      loadDocument: (url, signal) => loadDocument(url, surroundings, signal),
    };
  }

  connect(config: RestConfig, target: ConnectTarget, options: ConnectOptions): Promise<Connection> {
    return openConnection(config, target, options, this.#surroundings);
  }
}
