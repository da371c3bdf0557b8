import type { MonitoringSettings, MonitoringStatus } from '../../../shared/model/monitoring.ts';
import { AppError, isAppError, toErrorDto } from '../../base/AppError.ts';
import { SerialQueue } from '../../base/async/SerialQueue.ts';
import type { Clock } from '../../base/Clock.ts';
import { Emitter } from '../../base/Emitter.ts';
import { type Ask, requireConsent } from '../../base/Question.ts';
import { RepeatLimit } from '../../base/RepeatLimit.ts';
import type { Logger } from '../Logger.ts';
import type { EventLoopDelay } from '../prometheus/EventLoopDelay.ts';
import type { Exposition } from '../prometheus/Exposition.ts';
import { EndpointToken, type TokenKeeper } from './EndpointToken.ts';
import { endpointIsOff } from './endpointErrors.ts';
import { MetricsEndpoint } from './MetricsEndpoint.ts';
import type { Refusal } from './requestRefusal.ts';
import { copyQuestion, renewQuestion, scrapeConfigOf } from './scrapeConfig.ts';

/** Where the settings are kept. */
export interface MonitoringKeeper {
  read(): MonitoringSettings;
  write(settings: MonitoringSettings): void;
}

export interface MonitoringOptions {
  readonly exposition: Pick<Exposition, 'contentType' | 'pages'>;
  readonly eventLoopDelay: EventLoopDelay;
  readonly settings: MonitoringKeeper;
  readonly tokens: TokenKeeper;
  readonly clipboard: { copySecretText(text: string): Promise<void> };
  readonly ask: Ask;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The metrics endpoint as people use it: off until it is turned on, then on at each start, on the port they chose. */
export class Monitoring {
  readonly onStatus = new Emitter<MonitoringStatus>();
  readonly #options: MonitoringOptions;
  readonly #token: EndpointToken;
  readonly #turns = new SerialQueue();
  readonly #refusals: RepeatLimit<Refusal>;
  #endpoint: MetricsEndpoint | null = null;
  /** Why it could not be started with the app. */
  #failure: AppError | null = null;
  #lastScrapeAt: number | null = null;
  #isClosed = false;

  constructor(options: MonitoringOptions) {
    this.#options = options;
    this.#token = new EndpointToken(options.tokens, options.logger);
    this.#refusals = new RepeatLimit(options.clock, (reason, count) =>
      options.logger.warn('Requests for metrics were refused', { reason, count }),
    );
  }

  status(): MonitoringStatus {
    const { port } = this.#options.settings.read();
    if (this.#endpoint !== null) {
      const { address } = this.#endpoint;
      const { isKept: isTokenKept } = this.#token;
      return { status: 'listening', port, address, isTokenKept, lastScrapeAt: this.#lastScrapeAt };
    }
    if (this.#failure === null) return { status: 'off', port };
    return { status: 'failed', port, error: toErrorDto(this.#failure, null) };
  }

  /** Listens if it is turned on. Why it could not is in the status. */
  async start(): Promise<void> {
    const settings = this.#options.settings.read();
    await this.#turns.run(async () => {
      if (!settings.isOn) return;
      try {
        await this.#replaceBy(await this.#open(settings.port));
      } catch (error) {
        if (!isAppError(error)) throw error;
        this.#failure = error;
        this.#options.logger.error(
          'The metrics endpoint could not be started',
          { port: settings.port },
          error,
        );
      }
    });
    this.#tell();
  }

  /**
   * Turns it on or off, or moves it to another port. When it fails everything stays as it was.
   * @throws PORT_IN_USE, ENDPOINT_FAILED, STORE_…
   */
  async configure(settings: MonitoringSettings): Promise<MonitoringStatus> {
    await this.#turns.run(async () => {
      const { isOn, port } = settings;
      // The new one listens before anything is kept, and before the old one ends.
      const endpoint = isOn && this.#endpoint?.port !== port ? await this.#open(port) : null;
      try {
        this.#options.settings.write(settings);
      } catch (error) {
        await endpoint?.close();
        throw error;
      }
      if (!isOn || endpoint !== null) await this.#replaceBy(endpoint);
      this.#failure = null;
    });
    return this.#tell();
  }

  /**
   * Asks first.
   * @throws NOT_FOUND while it is off, CANCELLED, VAULT_UNAVAILABLE when the new one cannot replace the old one
   */
  async renewToken(signal: AbortSignal): Promise<MonitoringStatus> {
    this.#requireOn();
    await requireConsent(this.#options.ask, renewQuestion, signal);
    await this.#turns.run(() => this.#token.renew());
    return this.#tell();
  }

  /**
   * Asks first.
   * @returns false when the person said no
   * @throws NOT_FOUND while it is off
   */
  async copyScrapeConfig(signal: AbortSignal): Promise<boolean> {
    const { ask, clipboard } = this.#options;
    this.#requireOn();
    if (!(await ask(copyQuestion, signal))) return false;
    const { port } = this.#requireOn();
    await clipboard.copySecretText(scrapeConfigOf(port, this.#token.reveal() ?? ''));
    return true;
  }

  /** Ends it with the app; the settings stay. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#refusals.flush();
    await this.#replaceBy(null);
  }

  #requireOn(): MetricsEndpoint {
    if (this.#endpoint === null) throw endpointIsOff();
    return this.#endpoint;
  }

  async #open(port: number): Promise<MetricsEndpoint> {
    const { exposition, logger } = this.#options;
    await this.#token.load();
    const endpoint = await MetricsEndpoint.listen({
      ...{ port, logger },
      contentType: exposition.contentType,
      pages: () => exposition.pages(),
      isToken: (given) => this.#token.matches(given),
      onScraped: () => this.#scraped(),
      onRefused: (reason) => this.#refused(reason),
    });
    if (!this.#isClosed) return endpoint;
    // The app ended while the keychain or the system was asked.
    await endpoint.close();
    throw new AppError('SHUTTING_DOWN', { title: 'Mooring is closing' });
  }

  /** @param endpoint null for none */
  async #replaceBy(endpoint: MetricsEndpoint | null): Promise<void> {
    const { eventLoopDelay, logger } = this.#options;
    const old = this.#endpoint;
    this.#endpoint = endpoint;
    this.#lastScrapeAt = null;
    if (endpoint === null) eventLoopDelay.stop();
    else {
      eventLoopDelay.start();
      logger.info('The metrics endpoint listens', { port: endpoint.port });
    }
    await old?.close();
  }

  #scraped(): void {
    this.#lastScrapeAt = this.#options.clock.wallMs();
    this.#tell();
  }

  #refused(reason: Refusal): void {
    if (this.#refusals.allows(reason, reason))
      this.#options.logger.warn('A request for metrics was refused', { reason });
  }

  #tell(): MonitoringStatus {
    const status = this.status();
    this.onStatus.emit(status);
    return status;
  }
}
