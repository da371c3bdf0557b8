import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Emitter } from '../../src/main/base/Emitter.ts';
import { systemCodeOf } from '../../src/main/base/files/fileErrors.ts';
import { isOver } from '../../src/main/sync/runs/runStates.ts';
import { type CallInput, type CallName, type CallOutput, contract } from '../../src/shared/ipc/contract.ts';
import type { Answer } from '../../src/shared/ipc/envelope.ts';
import { type Pipeline, pipelineSchema } from '../../src/shared/model/pipelines.ts';
import type { Run, RunLogLine } from '../../src/shared/model/runs.ts';
import { signalServer } from '../support/serverProcess.ts';
import { onDisk } from '../support/smallDisk.ts';
import { fromAppSchema, toAppSchema } from './appMessages.ts';
import type { PipelineEnd } from './PipelineEnd.ts';
import { RoundApp } from './RoundApp.ts';

const register = new URL('../support/typeScript/register.mjs', import.meta.url).href;
const entry = new URL('./faultAppEntry.ts', import.meta.url).pathname;

/** Who dies with the app: nobody, its worker, or also the server of its queue. */
type Killed = 'app' | 'worker' | 'server';

/** The whole app but its window, with its worker and the server of its queue, in processes that may be stopped and killed. */
export class AppProcess extends RoundApp {
  readonly folder: string;
  readonly onTurn = new Emitter<{ readonly run: Run }>();
  /** In which the app has everything; null: the computer's own. */
  readonly #diskMb: number | null;
  readonly #runs = new Map<string, Run>();
  /** Ids of data sources in the app, by those of the ends. */
  readonly #ids = new Map<string, string>();
  readonly #asked = new Map<number, (answer: Answer<unknown> | null) => void>();
  #lastId = 0;
  #child: ChildProcess | null = null;
  /** Settles when the latest process has ended. */
  #exit: Promise<unknown> = Promise.resolve();

  private constructor(folder: string, diskMb: number | null) {
    super();
    this.folder = folder;
    this.#diskMb = diskMb;
  }

  /** @param diskMb the size of a disk of its own, on which it has everything; needs `canMount` */
  static async start(ends: readonly PipelineEnd[], diskMb: number | null = null): Promise<AppProcess> {
    const app = new AppProcess(await mkdtemp(join(tmpdir(), 'mooring-app-')), diskMb);
    app.setClock(0);
    await app.open();
    for (const { dataSource, server } of ends) {
      const { id, createdAt, updatedAt, ...fields } = dataSource;
      const secrets = { password: { type: 'typed', value: server.password } } as const;
      const saved = await app.ok('dataSources.save', { id: null, fields, secrets });
      app.#ids.set(id, saved.dataSource.id);
    }
    return app;
  }

  override get shownFolder(): string {
    return this.#diskMb === null ? this.folder : `/proc/${this.#pid}/root${this.folder}`;
  }

  /** Starts it, for the first time or after it was killed; settles when it answers. */
  async open(): Promise<void> {
    await this.#exit;
    const app = [process.execPath, '--import', register, entry, this.folder];
    const [command = '', ...args] =
      this.#diskMb === null ? app : [...onDisk(this.folder, this.#diskMb), ...app];
    const child = spawn(command, args, {
      ...{ detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
      env: {
        ...{ ...process.env, MOORING_CLOCK_FILE: this.#clockFile },
        ...(this.#diskMb !== null && { TMPDIR: this.folder }),
      },
    });
    child.on('message', (message) => this.#hear(message));
    this.#exit = once(child, 'exit').then(() => this.#ended());
    this.#child = child;
    const runs = await this.ok('runs.page', { pipelineId: null, before: null, limit: 200 });
    for (const run of runs) this.#turned(run);
    await this.ok('pipelines.chooseFolder', null);
  }

  /** A call that must go well. */
  async ok<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>> {
    this.#lastId += 1;
    const id = this.#lastId;
    const answered = new Promise<Answer<unknown> | null>((resolve) => this.#asked.set(id, resolve));
    const child = this.#child;
    if (child === null) throw new Error('The app does not run');
    child.send(toAppSchema.parse({ id, name, input }), () => undefined);
    const answer = await answered;
    if (answer === null) throw new Error(`${name}: the app has ended`);
    if (!answer.ok)
      throw new Error(`${name}: ${answer.error.code} ${answer.error.title} ${answer.error.detail}`);
    return contract[name].output.parse(answer.value) as CallOutput<Name>;
  }

  async begin(pipeline: Pipeline): Promise<Run> {
    const run = await this.ok('pipelines.run', { id: await this.save(pipeline), again: false });
    // It may have gone on since.
    if (!this.#runs.has(run.id)) this.#turned(run);
    return this.runOf(run.id);
  }

  /** @param pipeline between ends @returns its id */
  async save(pipeline: Pipeline): Promise<string> {
    let text = JSON.stringify(pipeline);
    for (const [of, id] of this.#ids) text = text.replaceAll(of, id);
    const saved = { id: null, revision: null, pipeline: pipelineSchema.parse(JSON.parse(text)) };
    return (await this.ok('pipelines.save', saved)).id;
  }

  runOf(id: string): Run {
    const run = this.#runs.get(id);
    if (run === undefined) throw new Error('The app has no such run');
    return run;
  }

  logOf(id: string): Promise<readonly RunLogLine[]> {
    return this.ok('runs.log', { id });
  }

  /** All runs of a pipeline, the latest one first. */
  runsOf(pipelineId: string): Promise<readonly Run[]> {
    return this.ok('runs.page', { pipelineId, before: null, limit: 200 });
  }

  /** Settles with the latest run of a pipeline when so many of its runs are over. @throws when that takes too long */
  async untilRuns(pipelineId: string, count: number): Promise<Run> {
    const over = () => [...this.#runs.values()].filter((run) => run.pipelineId === pipelineId && isOver(run));
    if (over().length < count) await this.untilTurn(() => over().length >= count);
    const last = over().at(count - 1);
    if (last === undefined) throw new Error(`${over().length} of ${count} runs are over`);
    return last;
  }

  /** Ends it as a crash would. */
  kill(killed: Killed): void {
    const server = this.#serverPid;
    process.kill(killed === 'app' ? this.#pid : -this.#pid, 'SIGKILL');
    if (killed === 'server' && server !== null) process.kill(server, 'SIGKILL');
  }

  /** Stands still as a computer that sleeps, with worker and server. */
  fallAsleep(): void {
    process.kill(-this.#pid, 'SIGSTOP');
    if (this.#serverPid !== null) signalServer(this.#serverPid, 'SIGSTOP');
  }

  wakeUp(): void {
    if (this.#serverPid !== null) signalServer(this.#serverPid, 'SIGCONT');
    process.kill(-this.#pid, 'SIGCONT');
  }

  /** Sets the clock of app and worker forward or back from the time that it is. */
  setClock(byMs: number): void {
    writeFileSync(`${this.#clockFile}.new`, String(byMs));
    renameSync(`${this.#clockFile}.new`, this.#clockFile);
  }

  /** Leaves no byte free on its disk; files of all its parts are there: store, queue, temporary ones, destinations. */
  fillDisk(): void {
    for (const bytes of [1_024 * 1_024, 4_096]) {
      try {
        for (;;) writeFileSync(this.#ballast, Buffer.alloc(bytes), { flag: 'a' });
      } catch (error) {
        if (systemCodeOf(error) !== 'ENOSPC') throw error;
      }
    }
  }

  makeRoom(): void {
    rmSync(this.#ballast, { force: true });
  }

  async dispose(): Promise<void> {
    const child = this.#child;
    const server = this.#serverPid;
    if (child !== null && child.exitCode === null && child.signalCode === null) {
      process.kill(-this.#pid, 'SIGKILL');
      await this.#exit;
    }
    if (server !== null) process.kill(server, 'SIGQUIT');
    await rm(this.#clockFile, { force: true });
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }

  get #pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** The server of the queue; null: none runs now. It is no child of the app, which may find it there. */
  get #serverPid(): number | null {
    try {
      const [pid] = readFileSync(join(this.shownFolder, 'queue', 'cluster', 'postmaster.pid'), 'utf8').split(
        '\n',
      );
      process.kill(Number(pid), 0);
      return Number(pid);
    } catch {
      return null;
    }
  }

  /** Beside the folder, which may be on another disk. */
  get #clockFile(): string {
    return `${this.folder}.clock`;
  }

  get #ballast(): string {
    return join(this.shownFolder, 'ballast');
  }

  #hear(message: unknown): void {
    const heard = fromAppSchema.parse(message);
    if (heard.type === 'run') this.#turned(heard.run);
    else {
      this.#asked.get(heard.id)?.(heard.answer);
      this.#asked.delete(heard.id);
    }
  }

  #ended(): void {
    for (const answer of this.#asked.values()) answer(null);
    this.#asked.clear();
  }

  #turned(run: Run): void {
    this.#runs.set(run.id, run);
    this.onTurn.emit({ run });
  }
}
