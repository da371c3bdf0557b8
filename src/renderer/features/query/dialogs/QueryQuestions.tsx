import { Suspense, useEffect } from 'react';
import { useStore } from 'zustand';
import { useLastShown } from '../../../lib/useLastShown.ts';
import { SaveDialog } from '../../grid/index.ts';
import { useDesk } from '../session/deskContext.ts';
import { dismiss, type Question } from '../session/questions.ts';
import { ChoiceDialog } from './ChoiceDialog.tsx';
import { ParametersDialog } from './ParametersDialog.tsx';
import { RisksDialog } from './RisksDialog.tsx';

function QuestionDialog({ question, isOpen }: { readonly question: Question; readonly isOpen: boolean }) {
  switch (question.type) {
    case 'parameters':
      return <ParametersDialog question={question} isOpen={isOpen} />;
    case 'risks':
      return <RisksDialog question={question} isOpen={isOpen} />;
    case 'format':
      return (
        <Suspense>
          <SaveDialog opened={isOpen} onSave={question.answer} onClose={() => question.answer(null)} />
        </Suspense>
      );
    default:
      return <ChoiceDialog question={question} isOpen={isOpen} />;
  }
}

/** What the tab asks. The last question stays while its window fades away. */
export function QueryQuestions() {
  const desk = useDesk();
  const question = useStore(desk.questions.store, (state) => state.question);
  const { shown } = useLastShown(question);
  // A tab that goes has nobody left to answer.
  useEffect(() => () => dismiss(desk.questions.store.getState().question), [desk]);
  const isOver = question === null && shown !== null;
  useEffect(() => {
    if (isOver) desk.editor?.focus();
  }, [desk, isOver]);
  return shown !== null && <QuestionDialog question={shown} isOpen={question !== null} />;
}
