import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { useLastShown } from '../../lib/useLastShown.ts';
import { tabsText } from '../../text/tabs.ts';
import { useTabs } from './tabs.ts';
import type { CloseQuestion as Question } from './tabsState.ts';
import { titleOf } from './tabText.ts';
import { useTabDetails } from './useTabDetails.ts';

const words = tabsText.question;

function wordsOf({ before, mark }: Question, name: string, sourceName: string | null) {
  if (before === 'disconnect') {
    return { title: words.disconnectTitle(sourceName ?? ''), message: words.disconnectMessage(name) };
  }
  if (mark.transaction === null) return { title: words.unsavedTitle(name), message: words.unsavedMessage };
  return {
    title: words.transactionTitle(name),
    message: mark.isUnsaved ? words.bothMessage : words.transactionMessage,
  };
}

function Asked({ question, opened }: { question: Question; opened: boolean }) {
  const { sourceName } = useTabDetails(question.tab);
  const { title, message } = wordsOf(question, titleOf(question.tab, sourceName), sourceName);
  return (
    <ConfirmDialog
      opened={opened}
      title={title}
      message={message}
      confirmLabel={question.before === 'close' ? words.confirm : words.disconnect}
      cancelLabel={question.before === 'close' ? words.keep : words.stay}
      onConfirm={() => question.answer(true)}
      onCancel={() => question.answer(false)}
    />
  );
}

/** Asks before a tab with unsaved text or an open transaction is closed. */
export function CloseQuestion() {
  const question = useTabs((state) => state.question);
  const { shown } = useLastShown(question);
  return shown !== null && <Asked question={shown} opened={question !== null} />;
}
