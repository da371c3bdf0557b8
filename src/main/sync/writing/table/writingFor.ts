import type { WriteMode } from '../../../../shared/model/pipelines.ts';
import { DirectWriting } from './DirectWriting.ts';
import { KeyedWriting } from './KeyedWriting.ts';
import { StagedWriting } from './StagedWriting.ts';
import type { TableWriting, WritingTools } from './TableWriting.ts';

/** Whether a run needs a table beside its destination. */
export const usesStaging = (mode: WriteMode, isResumable: boolean): boolean =>
  mode === 'overwrite' || mode === 'mirror' || (mode === 'append' && !isResumable);

/** A reading that begins anew in each attempt must not leave rows behind that the next attempt would append again. */
export function writingFor(mode: WriteMode, isResumable: boolean, tools: WritingTools): TableWriting {
  switch (mode) {
    case 'append':
      return isResumable ? new DirectWriting(tools) : new StagedWriting(tools, { replaces: false });
    case 'overwrite':
      return new StagedWriting(tools, { replaces: true });
    case 'upsert':
      return new KeyedWriting(tools, { marks: false });
    case 'mirror':
      return new KeyedWriting(tools, { marks: true });
  }
}
