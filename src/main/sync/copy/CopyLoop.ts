import type { AttemptTrace } from './AttemptTrace.ts';
import type { Sink, SourceBatch, SourceReading, Transformation } from './ports.ts';
import { beginningOf, type Position } from './position.ts';
import type { RejectedRows } from './RunParts.ts';
import type { RunProgressReport } from './RunProgressReport.ts';
import { tooManyRejected } from './runErrors.ts';

export interface CopyLoopOptions {
  /** Where the run begins, or goes on. */
  readonly start: Position;
  readonly reading: SourceReading;
  readonly transformation: Transformation;
  readonly sink: Sink;
  readonly rejects: RejectedRows;
  readonly maxRejectedRows: number;
  readonly progress: RunProgressReport;
  readonly trace: AttemptTrace;
  /** Between two batches. @throws why the run stops */
  readonly check: () => void;
}

/**
 * Copies batch by batch. While one is being written, the reading is at the next one already.
 * @returns the position behind the last one, which is not kept yet
 */
export async function copyRows(options: CopyLoopOptions): Promise<Position> {
  const { reading, check, progress, trace } = options;
  let position = options.start;
  for (;;) {
    check();
    const batch = await reading.next();
    if (batch === null) return position;
    check();
    const before = position;
    position = await trace.batch(() => copyBatch(batch, before, options), batch.rows.starts.length);
    progress.copied(position);
  }
}

async function copyBatch(
  { rows, place }: SourceBatch,
  before: Position,
  { transformation, sink, rejects, maxRejectedRows }: CopyLoopOptions,
): Promise<Position> {
  const made = await transformation.apply(rows);
  const rejectedCount = before.rejectedCount + made.rejected.length;
  if (made.rejected.length > 0 && rejectedCount > maxRejectedRows) {
    throw tooManyRejected(made.rejected, maxRejectedRows);
  }
  const behind: Position = {
    ...before,
    ...place,
    readCount: before.readCount + rows.starts.length,
    byteCount: before.byteCount + rows.bytes.length,
    rejectedCount,
  };
  const outcome = await sink.write(made.rows, behind, (refused) =>
    rejects.put([...made.rejected, ...refused]),
  );
  rejects.keep();
  return {
    ...behind,
    writtenCount: behind.writtenCount + outcome.writtenCount,
    rejectedCount: rejectedCount + outcome.rejected.length,
  };
}

/** What earlier attempts have counted goes on; what earlier runs have copied is only where this one begins. */
export function startOf(runId: string, position: Position | null): Position {
  if (position?.runId === runId) return { ...position, isComplete: false };
  return beginningOf(runId, position);
}
