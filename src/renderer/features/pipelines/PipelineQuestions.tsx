import { useStore } from 'zustand';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { useLastShown } from '../../lib/useLastShown.ts';
import { pipelinesText as words } from '../../text/pipelines.ts';
import { removePipeline, runPipeline } from './pipelineActions.ts';
import { questionStore } from './questions.ts';
import { isUnderWay } from './runProgress.ts';

const close = (): void => questionStore.setState({ question: null });

/** Asks before something cannot be taken back. */
export function PipelineQuestions() {
  const question = useStore(questionStore, (state) => state.question);
  const { shown } = useLastShown(question);
  if (shown === null) return null;
  const { about, pipeline } = shown;
  const isBusy = isUnderWay(pipeline.run);
  const { title, confirm } = about === 'remove' ? words.removeQuestion : words.againQuestion;
  const { message, running } = words.removeQuestion;
  return (
    <ConfirmDialog
      opened={question !== null}
      title={title(pipeline.name)}
      message={about === 'again' ? words.againQuestion.message : isBusy ? running : message}
      confirmLabel={confirm}
      focusOn={about === 'remove' && !isBusy ? 'confirm' : 'cancel'}
      onConfirm={() => {
        close();
        void (about === 'remove' ? removePipeline(pipeline) : runPipeline(pipeline.id, true));
      }}
      onCancel={close}
    />
  );
}
