import { randomInt } from 'node:crypto';
import { hostAndPort } from '../../../../shared/engines/hostText.ts';
import type { PostgresConfig } from '../../../../shared/engines/postgres/config.ts';
import { type HostPlace, hostsOf, type TargetSession } from '../../../../shared/engines/postgres/hosts.ts';
import type { Stage } from '../../../../shared/model/testReport.ts';
import { AppError, isAppError } from '../../../base/AppError.ts';
import { throwIfAborted, withDeadline } from '../../../base/abort.ts';
import type { Clock } from '../../../base/Clock.ts';
import { cleanText } from '../../../base/cleanText.ts';
import type { SqlConnection } from '../../Connection.ts';
import type { ConnectOptions } from '../../Connector.ts';
import { isLeftFor, type LeftHost, noHostError } from './hostErrors.ts';
import { fits, type HostRole, readHostRole, roleText } from './hostRole.ts';

const maxNoteLength = 200;

/** Connects to a single host; its error is explained for that host. */
type ConnectToHost = (config: PostgresConfig, options: ConnectOptions) => Promise<SqlConnection>;

export interface HostSearchOptions {
  readonly config: PostgresConfig;
  readonly options: ConnectOptions;
  /** For each host. */
  readonly connectMs: number;
  readonly ofReadOnlySource: boolean;
  readonly clock: Clock;
  readonly connectTo: ConnectToHost;
}

/** A host that lets us in, and what it is; null where nobody asked. */
interface Entered {
  readonly connection: SqlConnection;
  readonly role: HostRole | null;
  readonly stages: readonly Stage[];
}

/**
 * Tries hosts in turn until one lets us in and is what is wanted, as libpq does (PostgreSQL 18, "Specifying Multiple
 * Hosts"). Each host is a stage of its own; the stages within one are told when it is clear which one counts.
 */
export class HostSearch {
  readonly #search: HostSearchOptions;
  readonly #target: TargetSession;
  readonly #left: LeftHost[] = [];
  /** The first one that is no standby, for `prefer-standby`: asked for again it could have gone. */
  #second: Entered | null = null;

  constructor(search: HostSearchOptions) {
    this.#search = search;
    this.#target = search.config.targetSession ?? 'any';
  }

  /** @throws AppError of the host that ended the search, or about all of them; nothing is left open */
  async run(): Promise<SqlConnection> {
    const { config, options } = this.#search;
    const hosts = config.balanceHosts === true ? shuffled(hostsOf(config)) : hostsOf(config);
    try {
      for (const [index, host] of hosts.entries()) {
        const found = await this.#try(host, `host${index + 1}`);
        if (found !== null) return this.#take(found);
        throwIfAborted(options.signal);
      }
    } catch (error) {
      this.#second?.connection.destroy();
      throw error;
    }
    if (this.#second !== null) return this.#take(this.#second);
    throw noHostError(this.#left, this.#target);
  }

  /** What was found of the host that counts is told now. */
  #take(entered: Entered): SqlConnection {
    if (this.#second !== null && this.#second !== entered) void this.#second.connection.close();
    this.#tellAll(entered.stages);
    return entered.connection;
  }

  /** @returns null for a host that is left for the next one */
  async #try({ host, port }: HostPlace, stage: string): Promise<Entered | null> {
    const name = hostAndPort(host, port);
    const stages = new Map<string, Stage>();
    const startedMs = this.#search.clock.monotonicMs();
    const tell = (outcome: Stage['outcome'], note: string) => this.#tell(stage, outcome, note, startedMs);
    tell('running', name);
    try {
      const entered = await this.#enter({ host, port }, stages);
      const { role } = entered;
      const why = role === null ? null : this.#mismatch(role);
      if (why === null) {
        tell('ok', role === null ? name : `${name}, ${roleText(role)}`);
        return entered;
      }
      this.#left.push({ name, why, error: null });
      tell('skipped', `${name}: ${why}`);
      await this.#keepOrClose(entered);
      return null;
    } catch (error) {
      if (this.#search.options.signal.aborted || !isAppError(error) || !isLeftFor(error)) {
        tell('failed', name);
        this.#tellAll([...stages.values()]);
        throw error;
      }
      this.#left.push({ name, why: error.message, error });
      tell('skipped', `${name}: ${error.message}`);
      return null;
    }
  }

  #enter(place: HostPlace, stages: Map<string, Stage>): Promise<Entered> {
    const { config, options, clock, connectMs, connectTo } = this.#search;
    const alone: PostgresConfig = { ...config, ...place };
    const onStage = (stage: Stage) => void stages.set(stage.name, stage);
    return withDeadline(clock, options.signal, connectMs, timeout, async (signal) => {
      const connection = await connectTo(alone, { ...options, signal, onStage });
      if (this.#target === 'any') return { connection, role: null, stages: [...stages.values()] };
      try {
        return { connection, role: await readHostRole(connection, signal), stages: [...stages.values()] };
      } catch (error) {
        connection.destroy();
        throw error;
      }
    });
  }

  /** Why a host is left that let us in; null when it is right. */
  #mismatch(role: HostRole): string | null {
    if (this.#target === 'any' || fits(this.#target, role, this.#search.ofReadOnlySource)) return null;
    return `It is ${roleText(role)}`;
  }

  async #keepOrClose(entered: Entered): Promise<void> {
    if (this.#target === 'prefer-standby' && this.#second === null) this.#second = entered;
    else await entered.connection.close();
  }

  #tell(name: string, outcome: Stage['outcome'], note: string, startedMs: number): void {
    const durationMs = outcome === 'running' ? null : this.#search.clock.monotonicMs() - startedMs;
    this.#search.options.onStage?.({ name, outcome, durationMs, note: cleanText(note, maxNoteLength) });
  }

  #tellAll(stages: readonly Stage[]): void {
    for (const stage of stages) this.#search.options.onStage?.(stage);
  }
}

/** Explained by the connector, with what it interrupted. */
const timeout = () =>
  new AppError('CONNECT_TIMEOUT', { title: 'The host did not answer in time', retryable: true });

function shuffled<Item>(items: readonly Item[]): Item[] {
  const rest = [...items];
  const order: Item[] = [];
  while (rest.length > 0) order.push(...rest.splice(randomInt(rest.length), 1));
  return order;
}
