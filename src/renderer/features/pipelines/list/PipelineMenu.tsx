import { Menu } from '@mantine/core';
import type { PipelineSummary } from '../../../../shared/model/pipelineViews.ts';
import { shortcutText } from '../../../components/ShortcutHint.tsx';
import { pipelinesText as words } from '../../../text/pipelines.ts';
import {
  duplicatePipeline,
  exportPipeline,
  runPipeline,
  setEnabled,
  showPipeline,
} from '../pipelineActions.ts';
import { askAgain, askRemove } from '../questions.ts';
import { isUnderWay } from '../runProgress.ts';

/** What can be done with a pipeline of the list. */
export function PipelineMenu({ pipeline }: { readonly pipeline: PipelineSummary }) {
  return (
    <>
      <Menu.Item rightSection={shortcutText('Enter')} onClick={() => showPipeline(pipeline, 'runs')}>
        {words.open}
      </Menu.Item>
      <Menu.Item rightSection={shortcutText('F4')} onClick={() => showPipeline(pipeline, 'setup')}>
        {words.edit}
      </Menu.Item>
      <Menu.Divider />
      <PipelineDeeds pipeline={pipeline} />
    </>
  );
}

/** What can be done with a pipeline wherever it is shown. */
export function PipelineDeeds({ pipeline }: { readonly pipeline: PipelineSummary }) {
  return (
    <>
      <Menu.Item disabled={isUnderWay(pipeline.run)} onClick={() => void runPipeline(pipeline.id)}>
        {words.run}
      </Menu.Item>
      <Menu.Item disabled={isUnderWay(pipeline.run)} onClick={() => askAgain(pipeline)}>
        {words.runAgain}…
      </Menu.Item>
      {pipeline.schedule.type !== 'manual' && (
        <Menu.Item onClick={() => void setEnabled(pipeline)}>
          {pipeline.isEnabled ? words.turnOff : words.turnOn}
        </Menu.Item>
      )}
      <Menu.Divider />
      <Menu.Item onClick={() => void duplicatePipeline(pipeline)}>{words.duplicate}</Menu.Item>
      <Menu.Item onClick={() => void exportPipeline(pipeline)}>{words.export}</Menu.Item>
      <Menu.Divider />
      <Menu.Item color="red" onClick={() => askRemove(pipeline)}>
        {words.remove}
      </Menu.Item>
    </>
  );
}
