import type { Resource } from '../model/resources.ts';
import type { ValueKind } from '../model/results.ts';
import type { TlsSettings } from '../model/tls.ts';
import type { EngineForm } from './form.ts';

/** What an engine can do. The window asks for these, never for the kind. */
export interface Capabilities {
  /** Understands SQL, in sessions of its own. */
  readonly sql: boolean;
  /** Can open sessions that refuse to write. */
  readonly readOnly: boolean;
  /** Keeps connections in a pool. */
  readonly pool: boolean;
  /** Shows what the sessions of a server do, and can end them. */
  readonly activity: boolean;
  /** Has databases beside the one of a session, each with sessions of its own. */
  readonly databases: boolean;
  /** Lists the settings of its server. */
  readonly serverSettings: boolean;
  /** Has tables that pipelines can write to. */
  readonly write: boolean;
  /** Takes single requests of a person, and has resources that a person describes. */
  readonly requests: boolean;
  /** Its catalogue is searched for regular expressions too, and not for plain text alone. */
  readonly regexSearch: boolean;
  /** Has tables with foreign keys, of which a diagram can be drawn. */
  readonly diagrams: boolean;
}

/**
 * Whatever, once changed, sends a secret somewhere else. The order of the parts is part of every sealed secret and never
 * changes.
 */
export interface Endpoint {
  readonly place: { readonly host: string; readonly port: number } | { readonly socketPath: string };
  /** Hosts that are tried after it, in their order; `names` has them too. Absent: none. */
  readonly otherPlaces?: readonly { readonly host: string; readonly port: number }[];
  /** What else names the receiver, for people and for the binding: `Database`, `User`. */
  readonly names: readonly { readonly label: string; readonly value: string }[];
  /** Null where the way has no TLS, such as a local socket. */
  readonly tls: TlsSettings | null;
}

/**
 * What is known of an engine without a connection. It stands in `shared/engines/<engine>/engine.ts`; schema, connection
 * text and words are in files of their own, so that the first screen does not load them.
 */
export interface Engine<Config, SecretField extends string = string, FieldKey extends string = string> {
  /** As its makers spell it, such as `PostgreSQL`. */
  readonly label: string;
  readonly capabilities: Capabilities;
  /** Its secret fields, the most important one first. */
  readonly secretFields: readonly SecretField[];
  endpoint(config: Config): Endpoint;
  /** One line for lists, such as `db.example.com:5432/shop`. */
  addressText(config: Config): string;
  /** Who logs in; null where nobody does. */
  user(config: Config): string | null;
  /** The schema that unqualified names belong to, as far as the settings say; null where they do not. */
  defaultSchema(config: Config): string | null;
  /**
   * The same settings for another database of the same server, which gets the same secrets; null where a session sees all
   * that its server has.
   */
  readonly inDatabase: ((config: Config, database: string) => Config) | null;
  /** A name as a person writes it in a statement, in quotes where it needs them. */
  quote(name: string): string;
  /** A value that is neither a number nor a truth as a person writes it in a statement, by the server's own text of it. */
  quoteValue(text: string, kind: ValueKind): string;
  /** The fields of its form, drawn by the wizard. */
  readonly form: EngineForm<Config, FieldKey>;
  /** What a person has described that there is to read; null where the server knows by itself. */
  readonly resources: ResourcesOf<Config> | null;
}

/** Where the resources stand in a configuration. */
export interface ResourcesOf<Config> {
  of(config: Config): readonly Resource[];
  with(config: Config, resources: readonly Resource[]): Config;
}
