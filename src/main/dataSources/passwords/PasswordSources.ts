import { passwordSourceOf } from '../../../shared/engines/engines.ts';
import type { EngineKind, EngineSettings } from '../../../shared/engines/settings.ts';
import type { EndpointFields } from '../../../shared/model/endpoint.ts';
import { isAppError } from '../../base/AppError.ts';
import { neverAborted } from '../../base/abort.ts';
import type { AskingServer, Connector } from '../../connectors/Connector.ts';
import type { PasswordCommands } from './PasswordCommands.ts';

export interface PasswordSourcesOptions {
  readonly commands: PasswordCommands;
  readonly connectorFor: <Kind extends EngineKind>(kind: Kind) => Pick<Connector<Kind>, 'passwordInFile'>;
}

/** Passwords that are neither typed nor in the vault: those that commands print, and those in files of other programs. */
export class PasswordSources {
  readonly #options: PasswordSourcesOptions;

  constructor(options: PasswordSourcesOptions) {
    this.#options = options;
  }

  /** Whether the password comes from such a source; then it may be asked for. @throws PASSWORD_COMMAND_NOT_ALLOWED */
  async isUsedBy(fields: EndpointFields): Promise<boolean> {
    const source = passwordSourceOf(fields.engine);
    if (source?.type === 'command') await this.#options.commands.requireAllowed(source, fields);
    return source !== undefined;
  }

  /**
   * The password of a log-in, to be dropped as soon as it is used; null for one that comes from the vault.
   * @param asking absent where a password is gathered for another computer, which has neither program nor file
   * @throws PASSWORD_COMMAND_…, PASSWORD_FILE_UNUSABLE, PASSWORD_REQUIRED, or the abort's reason
   */
  async passwordOf(fields: EndpointFields, asking: AskingServer | undefined): Promise<string | null> {
    const source = passwordSourceOf(fields.engine);
    if (source === undefined) return null;
    if (source.type === 'file') {
      const found = this.#inFile(fields.engine, source.path, asking?.place);
      // Whoever gathers secrets does not know whether the server will ask for one.
      return asking === undefined ? found.catch(nullIfMissing) : found;
    }
    return this.#options.commands.passwordOf(source, fields, asking?.signal ?? neverAborted);
  }

  /** A person connects by hand: what a command printed earlier is not used again. */
  forget(fields: EndpointFields): void {
    const source = passwordSourceOf(fields.engine);
    if (source?.type === 'command') this.#options.commands.forget(source, fields);
  }

  async #inFile<Kind extends EngineKind>(
    { kind, config }: EngineSettings<Kind>,
    path: string | null,
    place: AskingServer['place'] | undefined,
  ): Promise<string | null> {
    const connector = this.#options.connectorFor(kind);
    return (await connector.passwordInFile?.(config, path, place)) ?? null;
  }
}

function nullIfMissing(error: unknown): null {
  if (isAppError(error) && error.code === 'PASSWORD_REQUIRED') return null;
  throw error;
}
