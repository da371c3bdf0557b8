import type { DataSourceColor, DataSourceFields } from '../../../shared/model/dataSource.ts';
import type { ForeignRoute } from './foreignRoute.ts';
import type { ForeignTlsFiles } from './foreignTls.ts';

/** A file that another product wrote. */
export interface ForeignFile {
  readonly bytes: Buffer;
  /** Null for bytes that are no UTF-8. */
  readonly text: string | null;
  /** A file that the product keeps in the same folder; null when it is not there or cannot be read. */
  readonly beside: (name: string) => Promise<Buffer | null>;
}

/** A connection as another product has it. Each value comes from a stranger. */
export interface ForeignConnection {
  readonly name: string;
  /** Connection text of any spelling (docs/connection-text.md); what it lacks stands in the fields below. */
  readonly address: string;
  readonly user?: string;
  /** Where the product keeps the user, and that file was not there or could not be read. */
  readonly usersFile?: string;
  /** Only where the product's own format gives it. */
  readonly password?: string | null;
  readonly isReadOnly?: boolean;
  readonly environment?: DataSourceFields['environment'];
  readonly color?: DataSourceColor | undefined;
  /** The folders that it is in, from the outermost. */
  readonly folders?: readonly string[];
  /** Undefined: straight from this computer. */
  readonly route?: ForeignRoute | undefined;
  readonly tlsFiles?: ForeignTlsFiles;
  /** What Mooring cannot carry over, as sentences without any value of the file. */
  readonly lost?: readonly string[];
}

/** A connection that cannot be imported, and why. */
export interface RefusedConnection {
  readonly name: string;
  readonly problem: string;
}

export type FoundConnection = ForeignConnection | RefusedConnection;

/** What a product's file turned out to be. */
export type ProductFile =
  | { readonly type: 'readable'; readonly connections: readonly FoundConnection[] }
  /** `open` throws IMPORT_NOT_OPENED for a wrong passphrase and for a changed file alike. */
  | {
      readonly type: 'sealed';
      readonly open: (passphrase: string) => Promise<readonly FoundConnection[]>;
    };

/** Knows the files of one product. */
export interface Product {
  /** As its makers spell it. */
  readonly label: string;
  /** @returns null for a file of somebody else. @throws IMPORT_INVALID for one of the product that is damaged */
  read(file: ForeignFile): Promise<ProductFile | null>;
}

export const readable = (connections: readonly FoundConnection[]): ProductFile => ({
  type: 'readable',
  connections,
});

export const otherDatabase = 'Mooring does not support this kind of database.';
export const noTunnel = 'Its SSH tunnel was not taken over.';
export const lockedPassword = 'Its password is encrypted for the other product and was not taken over.';
export const noSocket = 'Its local socket was not taken over.';
export const noPasswordFile = 'Its password file was not taken over.';
