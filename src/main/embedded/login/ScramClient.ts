import pg from 'pg';
import { type ServerSpec, serverHost } from '../ServerSpec.ts';

/** Where and as whom a session of the server's one role is opened. Every option is given: what is missing would come from PG… variables and ~/.pgpass. */
export const serverLogin = ({ role, database }: ServerSpec, port: number, password: string) => ({
  host: serverHost,
  port,
  user: role,
  database,
  password,
  ssl: false,
  application_name: 'Mooring',
});

/**
 * A session that logs in by SCRAM alone: whoever listens on the port may be anybody, and SCRAM gives nothing away. Asked
 * for the password in another form, it hangs up.
 */
export class ScramClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
    // These run before the driver's own listeners, which would answer with the password.
    this.connection.prependListener('authenticationCleartextPassword', () => this.hangUp());
    this.connection.prependListener('authenticationMD5Password', () => this.hangUp());
  }

  hangUp(): void {
    this.connection.stream.destroy();
  }
}
