/** Servers of ours listen here and nowhere else. */
export const serverHost = '127.0.0.1';

/** What a server of ours is called and how large it is. Names are lower case letters and `_`. */
export interface ServerSpec {
  /** The one role that may log in; it owns the database and is no superuser. */
  readonly role: string;
  readonly database: string;
  /** Shown in the system's list of processes. */
  readonly clusterName: string;
  /** Below the ports that operating systems hand out to outgoing connections, so that one stays free between starts. */
  readonly firstPort: number;
  readonly maxConnections: number;
  readonly sharedBuffersMb: number;
}
