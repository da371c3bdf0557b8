import type { EngineConfigs, EngineKind } from '../../shared/engines/settings.ts';
import type { Answer, ApiDocument, ApiRequest, ResourcePreview } from '../../shared/model/requests.ts';
import type { Resource } from '../../shared/model/resources.ts';
import type { Connection, QueryOptions } from './Connection.ts';

/** Opens an address in the system's browser. @throws when there is none that opens it */
export type OpenInBrowser = (url: string) => Promise<void>;

/** A secret that a server gave to a person who signed in there. */
export interface ObtainedSecret {
  /** The secret field of the engine. */
  readonly field: string;
  readonly value: string;
  /** Epoch milliseconds; null while it does not end by itself. */
  readonly expiresAt: number | null;
}

export interface SignInOptions {
  readonly signal: AbortSignal;
  readonly openInBrowser: OpenInBrowser;
  readonly secret: (field: string) => Promise<string | null>;
}

/** What people do with single requests and resources. A connection is one that the same connector has opened. */
export interface RequestTools<Kind extends EngineKind = EngineKind> {
  /** Sends one request. One that may change something is refused on a read-only connection. @throws READ_ONLY, … */
  send(connection: Connection, request: ApiRequest, options: QueryOptions): Promise<Answer>;
  /** What the settings of a resource do with a real answer; a failure is part of it. @throws the signal's reason */
  preview(connection: Connection, resource: Resource, options: QueryOptions): Promise<ResourcePreview>;
  /** @throws AUTH_FAILED and the like, or the signal's reason; the port that waits is closed then */
  signIn(config: EngineConfigs[Kind], options: SignInOptions): Promise<ObtainedSecret>;
  /**
   * The command that sends the same request: `curl …`, quoted for a POSIX shell.
   * @param what a request, or a resource of the configuration, of which it is the first page
   * @param secret null: secrets are left as `$API_KEY` and the like
   */
  curlOf(
    config: EngineConfigs[Kind],
    what: ApiRequest | Resource,
    secret: ((field: string) => Promise<string | null>) | null,
  ): Promise<string>;
  /**
   * Reads an OpenAPI document. What it refers to outside of itself is refused.
   * @param from where it was loaded, for servers that are relative to it; null for a file or a text
   * @throws IMPORT_INVALID, IMPORT_TOO_NEW, or the signal's reason
   */
  readDocument(text: string, from: URL | null, signal: AbortSignal): Promise<ApiDocument>;
  /** Loads a document, without any credentials. @throws as a request, TOO_LARGE */
  loadDocument(url: URL, signal: AbortSignal): Promise<string>;
}
