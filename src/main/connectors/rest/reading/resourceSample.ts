import type { Resource, ResourceColumn } from '../../../../shared/model/resources.ts';
import { Pace } from '../../../base/async/Pace.ts';
import type { Clock } from '../../../base/Clock.ts';
import type { ApiSession, IncomingAnswer } from '../ApiSession.ts';
import { inferColumns, sampleSize } from './columns/inferColumns.ts';
import type { ReadingOptions } from './readPages.ts';
import { readRecords } from './readRecords.ts';

/** Answers that are looked at before a resource counts as empty: children of a few parents may have none. */
const maxAnswers = 10;

/** The columns of a resource, with what was read for them. */
export interface ResourceSample {
  readonly columns: readonly ResourceColumn[];
  /** Whether records that were not looked at may have fields that no column has, which must not be lost. */
  readonly hasOther: boolean;
  /** The answer that the reading of all records begins with; null: it has to be asked for. */
  readonly firstAnswer: IncomingAnswer | null;
}

export const noScope = (clock: Clock): ReadingOptions['scope'] => ({
  values: new Map(),
  nowMs: clock.wallMs(),
});

/** The columns as they are set; or as the first records have them, for which they are asked for. @throws as `readRecords` */
export async function resourceSample(
  session: ApiSession,
  resource: Resource,
  clock: Clock,
  signal: AbortSignal,
): Promise<ResourceSample> {
  if (resource.columns !== null) return { columns: resource.columns, hasOther: false, firstAnswer: null };
  const answers: IncomingAnswer[] = [];
  const records = readRecords({
    session: () => session,
    ...{ resource, clock, signal, scope: noScope(clock), filters: [], purpose: 'user' as const },
    onAnswer: (answer) => answers.push(answer),
  });
  for await (const set of records) {
    if (set.tokens.length === 0 && answers.length < maxAnswers) continue;
    const { columns } = await inferColumns(set, resource, new Pace(clock, signal));
    const isWhole = isReadWhole(resource, set.tokens.length);
    const firstAnswer = resource.parent === null && answers.length === 1 ? (answers[0] ?? null) : null;
    return { columns, hasOther: !isWhole, firstAnswer };
  }
  return { columns: [], hasOther: true, firstAnswer: null };
}

/** Whether the sample was all that there is. */
const isReadWhole = ({ format, pagination, parent }: Resource, recordCount: number): boolean =>
  pagination.type === 'none' && parent === null && format !== 'ndjson' && recordCount < sampleSize;
