import { randomUUID } from 'node:crypto';
import { arch, cpus, freemem, release, totalmem, type } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DataSource } from '../../shared/model/dataSource.ts';
import type { Diagnostics as Collected } from '../../shared/model/diagnostics.ts';
import { AppError } from '../base/AppError.ts';
import { onAbort, throwIfAborted } from '../base/abort.ts';
import type { Clock } from '../base/Clock.ts';
import { UnfinishedFile } from '../base/files/UnfinishedFile.ts';
import type { FileDialogs } from '../results/FileDialogs.ts';
import type { DiagnosticSources, RuntimeFacts, SourceFacts } from './DiagnosticFacts.ts';
import { diagnosticsText } from './diagnosticsText.ts';
import { versionText } from './plainTexts.ts';

/** Data sources that are told of one by one, those in use first. */
const maxSourceCount = 100;
const logLineCount = 200;
/** How long servers have to say their version. Who is slower has none. */
const versionLimitMs = 2_000;

export interface DiagnosticsOptions {
  readonly sources: DiagnosticSources;
  readonly dialogs: Pick<FileDialogs, 'chooseTarget'>;
  readonly clock: Clock;
}

/** What helps others to help: collected when it is asked for, shown before it leaves, and sent nowhere by Mooring. */
export class Diagnostics {
  readonly #options: DiagnosticsOptions;
  /** What was shown last: that, and nothing else, can be saved. */
  #last: Collected | null = null;

  constructor(options: DiagnosticsOptions) {
    this.#options = options;
  }

  /** @throws CANCELLED, STORE_… */
  async collect(signal: AbortSignal): Promise<Collected> {
    const { sources, clock } = this.#options;
    const all = sources.dataSources();
    // Before anything else here takes time.
    const runtime = await runtimeFacts(sources.version, clock);
    const [told, lines] = await Promise.all([
      this.#sourceFacts(all, signal),
      sources.newestLines(logLineCount, signal),
    ]);
    throwIfAborted(signal);
    const text = diagnosticsText({
      at: clock.wallMs(),
      runtime,
      vault: sources.vault(),
      audit: sources.audit(),
      demo: sources.demo(),
      preferences: sources.preferences(),
      logSettings: sources.logSettings(),
      sources: told,
      sourceCount: all.length,
      lines,
    });
    this.#last = { id: randomUUID(), text };
    return this.#last;
  }

  /**
   * Writes what was collected last to a file that the person names.
   * @returns its name; null when they cancelled @throws NOT_FOUND, FILE_FAILED, DISK_FULL
   */
  async save(id: string): Promise<string | null> {
    const last = this.#last;
    if (last?.id !== id) throw new AppError('NOT_FOUND', { title: 'These diagnostics are no longer kept' });
    const day = new Date(this.#options.clock.wallMs()).toISOString().slice(0, 10);
    const path = await this.#options.dialogs.chooseTarget(`mooring-diagnostics-${day}`, 'md');
    if (path === null) return null;
    return UnfinishedFile.holding(path, Buffer.from(last.text));
  }

  async #sourceFacts(all: readonly DataSource[], signal: AbortSignal): Promise<SourceFacts[]> {
    const { sources } = this.#options;
    const states = sources.states();
    const isUsed = ({ id }: DataSource) => Number(states[id] !== undefined);
    const told = all.toSorted((left, right) => isUsed(right) - isUsed(left)).slice(0, maxSourceCount);
    return Promise.all(
      told.map(async (dataSource) => {
        const { id } = dataSource;
        const state = states[id] ?? ({ status: 'idle' } as const);
        const isOpen = state.status === 'ready' || state.status === 'degraded';
        const serverVersion = isOpen ? await this.#versionOf(id, signal) : null;
        return { dataSource, state, metrics: sources.metrics(id), serverVersion };
      }),
    );
  }

  async #versionOf(id: string, signal: AbortSignal): Promise<string | null> {
    const { sources, clock } = this.#options;
    const limit = new AbortController();
    const timer = clock.after(versionLimitMs, () => limit.abort());
    const aborting = onAbort(signal, () => limit.abort());
    try {
      return versionText(await sources.serverVersion(id, limit.signal));
    } catch {
      // That a server does not say it is no reason to have no diagnostics.
      return null;
    } finally {
      timer.cancel();
      aborting.dispose();
    }
  }
}

async function runtimeFacts(version: string, clock: Clock): Promise<RuntimeFacts> {
  const askedMs = clock.monotonicMs();
  await nextTurn();
  const { rss, heapUsed } = process.memoryUsage();
  return {
    version,
    versions: process.versions,
    system: `${type()} ${release()} ${arch()}`,
    cpuCount: cpus().length,
    memoryBytes: totalmem(),
    freeMemoryBytes: freemem(),
    uptimeSeconds: process.uptime(),
    residentBytes: rss,
    heapBytes: heapUsed,
    loopDelayMs: clock.monotonicMs() - askedMs,
  };
}
