import type { Duplex } from 'node:stream';
import type { StageReporter } from '../../network/StageReporter.ts';
import { sqlStateOf, wordsOf } from '../errors/serverWords.ts';
import type { StartupAcceptance } from '../statements/pinnedSettings.ts';
import type { Wire } from '../wire/openWire.ts';
import type { PostgresStage } from '../wire/postgresService.ts';
import { refusesSettings, type Session, type SessionRequest, startSession } from './startSession.ts';

/** With how many of its settings a session is asked for. */
interface StartupWay {
  readonly accepts: StartupAcceptance;
  /** Whether the session is asked to be read-only, where the data source is. */
  readonly asksReadOnly: boolean;
}

/** In this order: one that a server or pooler refuses is followed by the next. */
const ways: readonly [StartupWay, ...StartupWay[]] = [
  { accepts: 'all', asksReadOnly: true },
  { accepts: 'pooler', asksReadOnly: true },
  { accepts: 'pooler', asksReadOnly: false },
];

const readOnlySetting = 'default_transaction_read_only';
/** A server that does not know a setting has another code. */
const poolerRefusal = '08P01';

/** A session, the wire it is on, and what it was asked for. */
export interface AcceptedSession extends StartupWay {
  readonly session: Session;
  readonly wire: Wire;
  /** Where the next log-in begins. */
  readonly memory: StartupMemory;
}

/** What a log-in has learnt for the next one. */
export interface StartupMemory {
  readonly way: number;
  /** A setting was refused as no PostgreSQL refuses one. */
  readonly isPooler: boolean;
}

export const firstStartup: StartupMemory = { way: 0, isPooler: false };

/**
 * Logs in with all settings, and after a refusal with those alone that a pooler knows: our own guards keep the time limits,
 * our own statements pin the other settings for themselves, and a read-only data source has a read-only transaction around
 * each statement. They are not set after the log-in: behind a pooler that lends a server connection for a transaction they
 * would reach the sessions of others.
 * @param last what the last log-in has learnt
 * @throws as `startSession`
 */
export async function startAccepted(
  wire: Wire,
  request: Omit<SessionRequest, 'accepts'>,
  last: StartupMemory,
  reopen: () => Promise<Duplex>,
  stages: StageReporter<PostgresStage>,
  signal: AbortSignal,
): Promise<AcceptedSession> {
  const { target } = request;
  let current = wire;
  let { isPooler } = last;
  for (let index = last.way; ; index += 1) {
    const way = ways[index] ?? ways[0];
    const readOnly = target.readOnly && way.asksReadOnly;
    const asked = { ...request, target: { ...target, readOnly }, accepts: way.accepts };
    try {
      const session = await startSession(current, asked, stages, signal);
      return { ...way, session, wire: current, memory: { way: index, isPooler } };
    } catch (error) {
      if (!leadsOn(error, index, target.readOnly)) throw error;
      isPooler ||= sqlStateOf(error) === poolerRefusal;
    }
    current = { ...wire, stream: await reopen() };
  }
}

function leadsOn(error: unknown, index: number, readOnly: boolean): boolean {
  const isLast = index >= ways.length - (readOnly ? 1 : 2);
  return !isLast && (refusesSettings(error) || (readOnly && refusesReadOnly(error)));
}

function refusesReadOnly(error: unknown): boolean {
  return sqlStateOf(error) === poolerRefusal && wordsOf(error).includes(readOnlySetting);
}
