import type { Clock } from '../../base/Clock.ts';
import type { ConnectionFactory } from '../../connectors/ConnectionFactory.ts';
import { requireDialect, requireSql } from '../../connectors/speaksSql.ts';
import { connectWithDeadline } from '../../sessions/connectWithDeadline.ts';
import { defaultTimings, takenOverMs } from '../queue/queueTimings.ts';
import type { BundledSource } from '../queue/runBundle.ts';
import { type BatchSize, usualBatch } from '../reading/BatchedReading.ts';
import { openFileSink } from '../writing/files/FileSink.ts';
import { openRejects } from '../writing/files/RejectsFile.ts';
import { openTableSink } from '../writing/table/TableSink.ts';
import type { Sink } from './ports.ts';
import type { OpenConnection, RunConnect, RunParts, SinkRequest } from './RunParts.ts';
import { notWritable } from './runErrors.ts';

export interface PartsOptions {
  readonly factory: Pick<ConnectionFactory, 'connect' | 'connectorFor'>;
  readonly clock: Clock;
  /** Shown by servers that list their sessions. */
  readonly applicationName: string;
  /** False: nothing is written outside of a run's folder, also where links in it lead elsewhere. Default: true. */
  readonly followsLinks?: boolean;
  /** Default: what is fast. */
  readonly batch?: BatchSize;
  /** Keeps a secret that a server has replaced, such as a refresh token that is good for one use. */
  readonly replaceSecret?: (source: BundledSource, field: string, value: string) => Promise<void>;
}

/** What runs are made of: the connectors, sinks and files of the app. */
export const openParts = (options: PartsOptions): RunParts => ({
  clock: options.clock,
  batch: options.batch ?? usualBatch,
  connect: (source, run) => connect(source, run, options),
  openSink: (request) => openSink(request, options.followsLinks),
  openRejects,
});

async function connect(
  source: BundledSource,
  { signal, loadsRows }: RunConnect,
  { factory, clock, applicationName, replaceSecret }: PartsOptions,
): Promise<OpenConnection> {
  const { engine, readOnly, timeouts, secrets, acceptedHostKeys } = source;
  const target = {
    ...{ engine, readOnly, timeouts, applicationName, loadsRows },
    acceptedHostKeys: async () => acceptedHostKeys ?? '',
    secret: async (field: string) => (Object.hasOwn(secrets, field) ? (secrets[field] ?? null) : null),
    ...(replaceSecret !== undefined && {
      replaceSecret: (field: string, value: string) => replaceSecret(source, field, value),
    }),
  };
  const connection = await connectWithDeadline(factory, target, clock, { signal, sourceId: source.id });
  return { connection, connector: factory.connectorFor(engine.kind) };
}

function openSink(
  { bundle, plan, destination, sourceCells, isResumable, ...rest }: SinkRequest,
  followsLinks = true,
): Sink {
  const { pipeline, pipelineId, runId, continues, again, namedAt, timeZone } = bundle;
  const { destination: to, maxRejectedRows } = pipeline;
  if (to.type === 'file') {
    const { folder, name, format } = to;
    const naming = { folder, name, runId, namedAt, timeZone, followsLinks };
    return openFileSink({ ...naming, format, columns: plan.columns, sourceCells, maxRejectedRows, ...rest });
  }
  const writer = destination?.connector.writer ?? null;
  if (destination === null || writer === null) throw notWritable();
  const { signal, clock } = rest;
  return openTableSink({
    ...{
      connection: requireSql(destination.connection),
      writer,
      dialect: requireDialect(destination.connector),
    },
    ...{ plan, relation: to.table, mode: to.mode, pipelineId, runId, continues, again, isResumable },
    // From then on another worker may have the run, which must not wait for this one.
    ...{ maxRejectedRows, signal, clock, idleLimitMs: takenOverMs(defaultTimings) },
  });
}
