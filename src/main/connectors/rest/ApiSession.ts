import type { RestConfig } from '../../../shared/engines/rest/config.ts';
import type { RequestTiming } from '../../../shared/model/requests.ts';
import type { Method, ResponseRule } from '../../../shared/model/resources.ts';
import type { StatementPurpose } from '../../base/statementKinds.ts';
import type { Redactor } from './client/Redactor.ts';
import type { HeaderLines } from './HeaderLines.ts';

/** A request as it is to be sent; authentication, the headers of the configuration and cookies are added by the client. */
export interface OutgoingRequest {
  readonly method: Method;
  /**
   * Absolute. One of another origin than the base URL gets neither secrets nor cookies; `http` where the base URL has
   * `https` is asked over `https` if it is the same host, else refused.
   */
  readonly url: URL;
  readonly headers: HeaderLines;
  readonly body: { readonly contentType: string; readonly bytes: Buffer } | null;
  /** Whether it may be sent again after a failure although its method alone does not allow that. */
  readonly isRepeatable: boolean;
  /** What statuses mean beyond the usual. Without a rule that fits, 429 and 503 wait, other 5xx are retried, 4xx fail. */
  readonly rules: readonly ResponseRule[];
  /** Selects the message of an answer that failed; empty: where APIs usually put it. */
  readonly messageSelector: string;
}

/** What came back: read to its end, unpacked, within the limits of the configuration. */
export interface IncomingAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: HeaderLines;
  readonly body: Buffer;
  /** Where it came from in the end, for addresses that are relative to it. */
  readonly url: URL;
  readonly redirectedFrom: readonly URL[];
  /** A rule says that it counts as one without records. */
  readonly isIgnored: boolean;
  readonly attempts: number;
  /** Bytes of the body on the wire. */
  readonly byteCount: number;
  readonly timing: RequestTiming;
  /** As they went out, with secrets as `•••`; made when somebody looks at them. */
  readonly sentHeaders: () => HeaderLines;
}

export interface SendOptions {
  /** Ends it at once, waits included. */
  readonly signal: AbortSignal;
  readonly purpose: StatementPurpose;
  /** A request of a person: every answer is one, whatever its status, and nothing is retried. */
  readonly isVerbatim?: boolean;
  /** Told while it waits for the API: until when on the monotonic clock. */
  readonly onWaiting?: (untilMs: number) => void;
}

/** What reading resources needs of a connection. */
export interface ApiSession {
  readonly config: RestConfig;
  /** Whether requests that may change something are refused. */
  readonly isReadOnly: boolean;
  /** Keeps secrets out of what is shown of answers. */
  readonly redactor: Redactor;
  /** @throws the failures of docs/rest.md, each with causes and fixes; the signal's reason */
  send(request: OutgoingRequest, options: SendOptions): Promise<IncomingAnswer>;
}
