import { randomInt } from 'node:crypto';
import { hostAndPort } from '../../../../shared/engines/hostText.ts';
import type { HostPlace } from '../../../../shared/engines/severalHosts.ts';
import type { Stage } from '../../../../shared/model/testReport.ts';
import { AppError, isAppError } from '../../../base/AppError.ts';
import { throwIfAborted, withDeadline } from '../../../base/abort.ts';
import type { Clock } from '../../../base/Clock.ts';
import { cleanText } from '../../../base/cleanText.ts';
import type { SqlConnection } from '../../Connection.ts';
import type { ConnectOptions } from '../../Connector.ts';
import { type LeftHost, noHostError, reasonToLeave } from './hostErrors.ts';

const maxNoteLength = 200;

/** Connects to a single host; its error is explained for that host. */
type ConnectToHost = (place: HostPlace, options: ConnectOptions) => Promise<SqlConnection>;

/** What a server is, compared with what is wanted. */
export interface HostJudgement {
  readonly isRight: boolean;
  /** It is taken when none is right. */
  readonly isSecondBest: boolean;
  /** As in "db.example.com is a standby". */
  readonly words: string;
}

/** A kind of server that is wanted. */
export interface HostDemand {
  /** Asks a server that lets us in. */
  readonly judge: (connection: SqlConnection, signal: AbortSignal) => Promise<HostJudgement>;
  /** As in "None of the hosts is a primary". */
  readonly words: string;
}

export interface HostSearchOptions {
  readonly hosts: readonly HostPlace[];
  /** Whether they are tried in an order of chance. */
  readonly isBalanced: boolean;
  readonly options: ConnectOptions;
  /** For each host. */
  readonly connectMs: number;
  /** Null: the first host that lets us in. */
  readonly demand: HostDemand | null;
  readonly clock: Clock;
  readonly connectTo: ConnectToHost;
}

/** A host that lets us in, and what it is; null where nobody asked. */
interface Entered {
  readonly connection: SqlConnection;
  readonly judgement: HostJudgement | null;
  readonly stages: readonly Stage[];
}

/**
 * Tries hosts in turn until one lets us in and is what is wanted, as libpq does (PostgreSQL 18, "Specifying Multiple
 * Hosts"). Each host is a stage of its own; the stages within one are told when it is clear which one counts.
 */
export class HostSearch {
  readonly #search: HostSearchOptions;
  readonly #left: LeftHost[] = [];
  /** The first one that is second best: asked for again it could have gone. */
  #second: Entered | null = null;

  /** Tells the host that was left last as the one that failed: none comes after it. */
  #failLast: () => void = () => undefined;

  constructor(search: HostSearchOptions) {
    this.#search = search;
  }

  /** @throws AppError of the host that ended the search, or about all of them; nothing is left open */
  async run(): Promise<SqlConnection> {
    const { hosts, isBalanced, options, demand } = this.#search;
    const order = isBalanced ? shuffled(hosts) : hosts;
    try {
      for (const [index, host] of order.entries()) {
        const found = await this.#try(host, `host${index + 1}`);
        if (found !== null) return this.#take(found);
        throwIfAborted(options.signal);
      }
    } catch (error) {
      this.#second?.connection.destroy();
      throw error;
    }
    if (this.#second !== null) return this.#take(this.#second);
    this.#failLast();
    throw noHostError(this.#left, demand?.words ?? 'takes connections');
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
    const leave = (note: string): void => {
      tell('skipped', note);
      this.#failLast = () => {
        tell('failed', note);
        this.#tellAll([...stages.values()]);
      };
    };
    tell('running', name);
    try {
      const entered = await this.#enter({ host, port }, stages);
      const { judgement } = entered;
      const note = judgement === null ? name : `${name}, ${judgement.words}`;
      if (judgement === null || judgement.isRight) {
        tell('ok', note);
        return entered;
      }
      this.#left.push({ name, why: `It is ${judgement.words}`, error: null });
      leave(note);
      await this.#keepOrClose(entered, judgement);
      return null;
    } catch (error) {
      const failure = this.#search.options.signal.aborted || !isAppError(error) ? null : error;
      const reason = failure === null ? null : reasonToLeave(failure);
      if (failure === null || reason === null) {
        tell('failed', name);
        this.#tellAll([...stages.values()]);
        throw error;
      }
      this.#left.push({ name, why: failure.message, error: failure });
      leave(`${name}, ${reason}`);
      return null;
    }
  }

  #enter(place: HostPlace, stages: Map<string, Stage>): Promise<Entered> {
    const { options, clock, connectMs, connectTo, demand } = this.#search;
    const onStage = (stage: Stage) => void stages.set(stage.name, stage);
    return withDeadline(clock, options.signal, connectMs, timeout, async (signal) => {
      const connection = await connectTo(place, { ...options, signal, onStage });
      if (demand === null) return { connection, judgement: null, stages: [...stages.values()] };
      try {
        const judgement = await demand.judge(connection, signal);
        return { connection, judgement, stages: [...stages.values()] };
      } catch (error) {
        connection.destroy();
        throw error;
      }
    });
  }

  async #keepOrClose({ connection, ...entered }: Entered, { isSecondBest }: HostJudgement): Promise<void> {
    if (isSecondBest && this.#second === null) this.#second = { connection, ...entered };
    else await connection.close();
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
