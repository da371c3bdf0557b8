import { endpointOf } from '../../../shared/engines/engines.ts';
import type { DataSourceFields } from '../../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { type AppError, isAppError } from '../../base/AppError.ts';
import type { Ask, Question } from '../../base/Question.ts';
import type { LoginMemory } from '../../connectors/LoginMemory.ts';
import type { Logger } from '../../observability/Logger.ts';
import { endpointHash } from '../secrets/endpointBinding.ts';
import { addressText } from '../secrets/endpointText.ts';
import type { LoginMethodRepository } from './LoginMethodRepository.ts';

export interface LoginHistoryOptions {
  readonly repository: LoginMethodRepository;
  readonly ask: Ask;
  readonly logger: Logger;
}

/**
 * The strongest method with which each endpoint of a data source has let us in. A server that suddenly asks for a weaker
 * one may be somebody in between who is after the password: the connector, which knows what is weaker, refuses it, until a
 * person has confirmed it.
 */
export class LoginHistory {
  readonly #options: LoginHistoryOptions;

  constructor(options: LoginHistoryOptions) {
    this.#options = options;
  }

  /** For connections of a saved data source: what is known, and what is learnt. */
  of(id: DataSourceId, fields: DataSourceFields): LoginMemory {
    const { repository, logger } = this.#options;
    const endpoint = endpointHash(fields);
    const strongest = repository.find(id, endpoint);
    return {
      strongest,
      loggedIn: (method) => {
        if (method === strongest) return;
        try {
          repository.put(id, endpoint, method);
        } catch (error) {
          // The connection stands; the next one will try again.
          logger.warn('The login method could not be saved', { dataSourceId: id }, error);
        }
      },
    };
  }

  /** For tests of a draft, of which nothing is learnt: what is known of its data source at the same endpoint. */
  ofDraft(id: DataSourceId, fields: DataSourceFields): LoginMemory {
    return { strongest: this.#options.repository.find(id, endpointHash(fields)), loggedIn: () => undefined };
  }

  /**
   * Runs an attempt that a person asked for. When the server wants a weaker log-in than before, the person is asked; if
   * they agree, the attempt runs once more, and the method it uses is the one that is known from then on.
   * @throws what the attempt throws; AUTH_METHOD_DOWNGRADED when the person does not agree; QUESTION_OPEN
   */
  async withConsent<Value>(
    id: DataSourceId,
    fields: DataSourceFields,
    signal: AbortSignal,
    attempt: () => Promise<Value>,
  ): Promise<Value> {
    try {
      return await attempt();
    } catch (error) {
      if (!isAppError(error) || error.code !== 'AUTH_METHOD_DOWNGRADED') throw error;
      if (!(await this.#options.ask(questionAbout(fields, error), signal))) throw error;
      this.#options.repository.forget(id, endpointHash(fields));
      return attempt();
    }
  }
}

function questionAbout({ name, engine }: DataSourceFields, { detail }: AppError): Question {
  return {
    question: `Log in to “${name}” with a weaker method than before?`,
    detail: `${detail} Someone between this computer and ${addressText(endpointOf(engine).place)} could be trying to obtain the password. Continue only if you know that the server’s log-in method was changed.`,
    confirmLabel: 'Log in anyway',
  };
}
