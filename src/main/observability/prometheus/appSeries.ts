import { Counter, Gauge, type Registry } from 'prom-client';
import type { VaultStatus } from '../../../shared/model/vault.ts';
import type { OperationCount } from '../operations/OperationCounts.ts';
import type { EventLoopDelay } from './EventLoopDelay.ts';
import { addOperationSeries } from './operationSeries.ts';
import { addPipelineSeries, type PipelineReading } from './pipelineSeries.ts';

/** What the series tell about the app as a whole. */
export interface AppReadings {
  readonly version: string;
  readonly electronVersion: string;
  readonly vaultLock: () => VaultStatus['lock'];
  readonly operations: () => readonly OperationCount[];
  readonly pipelines: () => PipelineReading;
  readonly eventLoopDelay: EventLoopDelay;
}

const vaultLocks: readonly VaultStatus['lock'][] = ['open', 'closed', 'locked'];

/** The version, the vault, and the main process. Names of the process are those that Prometheus's own clients use. */
export function addAppSeries(registry: Registry, app: AppReadings): void {
  const registers = [registry];
  const { version, electronVersion: electron } = app;
  new Gauge({
    name: 'mooring_build_info',
    help: 'Always 1; its labels say what runs',
    labelNames: ['version', 'electron'],
    registers,
  }).set({ version, electron }, 1);
  new Gauge({
    name: 'mooring_vault_state',
    help: 'State of the vault: 1 for the one it is in',
    labelNames: ['state'],
    registers,
    collect() {
      for (const state of vaultLocks) this.set({ state }, app.vaultLock() === state ? 1 : 0);
    },
  });
  addOperationSeries(registry, app.operations);
  addPipelineSeries(registry, app.pipelines);
  addProcessSeries(registers);
  addDelaySeries(registers, app.eventLoopDelay);
}

/** Those of prom-client that cost nothing but a look; its others keep timers and observers running. */
function addProcessSeries(registers: Registry[]): void {
  new Counter({
    name: 'process_cpu_seconds_total',
    help: 'User and system CPU time of the main process, in seconds',
    registers,
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / 1e6);
    },
  });
  new Gauge({
    name: 'process_resident_memory_bytes',
    help: 'Resident memory of the main process, in bytes',
    registers,
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
  new Gauge({
    name: 'process_start_time_seconds',
    help: 'Start of the main process, in seconds since the epoch',
    registers,
  }).set(performance.timeOrigin / 1_000);
}

function addDelaySeries(registers: Registry[], delay: EventLoopDelay): void {
  new Gauge({
    name: 'nodejs_eventloop_lag_p99_seconds',
    help: 'How late the event loop was since the last scrape, 99th percentile, in seconds',
    registers,
    collect() {
      const { p99Seconds, maxSeconds } = delay.take();
      this.set(p99Seconds);
      max.set(maxSeconds);
    },
  });
  // Set by the one above, which is read first: both are of the same time.
  const max = new Gauge({
    name: 'nodejs_eventloop_lag_max_seconds',
    help: 'How late the event loop was at most since the last scrape, in seconds',
    registers,
  });
}
