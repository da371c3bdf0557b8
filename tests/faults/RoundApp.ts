import type { Emitter } from '../../src/main/base/Emitter.ts';
import { isOver } from '../../src/main/sync/runs/runStates.ts';
import type { Pipeline } from '../../src/shared/model/pipelines.ts';
import type { Run, RunLogLine } from '../../src/shared/model/runs.ts';

/** How long a run may take, whatever happens to it. */
const patienceMs = 180_000;

/** An app that runs pipelines, as a round sees it. */
export abstract class RoundApp {
  /** Where pipelines write files, and rejected rows go. */
  abstract readonly folder: string;
  abstract readonly onTurn: Pick<Emitter<{ readonly run: Run }>, 'on'>;
  /** The folder as this process reaches it. */
  get shownFolder(): string {
    return this.folder;
  }

  /** Saves a pipeline and begins a run of it, by hand. */
  abstract begin(pipeline: Pipeline): Promise<Run>;
  /** A run as it is now. */
  abstract runOf(id: string): Run;
  abstract logOf(id: string): Promise<readonly RunLogLine[]>;

  isUnderWay(id: string): boolean {
    return !isOver(this.runOf(id));
  }

  /** Settles when the run is as it is asked for. @throws when that takes too long: how the run stands then */
  async until(id: string, isIt: (run: Run) => boolean): Promise<Run> {
    const now = this.runOf(id);
    if (isIt(now)) return now;
    const found = await this.untilTurn((run) => run.id === id && isIt(run));
    if (found !== null) return found;
    const log = (await this.logOf(id)).map(({ text }) => text);
    throw new Error(`The run goes on: ${JSON.stringify({ run: this.runOf(id), log }, null, 1)}`);
  }

  untilOver(id: string): Promise<Run> {
    return this.until(id, isOver);
  }

  /** An attempt has failed, or the run is over. */
  untilSet(id: string): Promise<Run> {
    return this.until(id, (run) => isOver(run) || run.failure !== null || run.state === 'interrupted');
  }

  /** Settles with the next news of a run that is meant. @returns null when none comes in time */
  protected untilTurn(isIt: (run: Run) => boolean): Promise<Run | null> {
    return new Promise((resolve) => {
      const end = (run: Run | null): void => {
        clearTimeout(deadline);
        listening.dispose();
        resolve(run);
      };
      const listening = this.onTurn.on(({ run }) => {
        if (isIt(run)) end(run);
      });
      const deadline = setTimeout(() => end(null), patienceMs);
    });
  }
}
