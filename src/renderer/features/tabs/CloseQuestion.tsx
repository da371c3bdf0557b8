import type { Tab } from '../../../shared/model/tabs.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { useLastShown } from '../../lib/useLastShown.ts';
import { tabsText } from '../../text/tabs.ts';
import { connectionsStore } from '../connections/index.ts';
import { lossTexts } from './lossTexts.ts';
import { useTabs } from './tabs.ts';
import type { CloseQuestion as Question } from './tabsState.ts';
import { titleOf } from './tabText.ts';
import { useTabDetails } from './useTabDetails.ts';

const words = tabsText.question;

interface AskedProps<Before extends Question['before']> {
  readonly question: Extract<Question, { before: Before }>;
  readonly opened: boolean;
}

function unsavedMessageOf(kind: Tab['kind']): string {
  if (kind === 'resource') return words.unsavedResourceMessage;
  return kind === 'pipeline' ? words.unsavedPipelineMessage : words.unsavedMessage;
}

function Close({ question: { tab, mark, answer }, opened }: AskedProps<'close'>) {
  const { sourceName } = useTabDetails(tab);
  const name = titleOf(tab, sourceName);
  const hasTransaction = mark.transaction !== null;
  return (
    <ConfirmDialog
      opened={opened}
      title={hasTransaction ? words.transactionTitle(name) : words.unsavedTitle(name)}
      message={
        hasTransaction
          ? mark.isUnsaved
            ? words.bothMessage
            : words.transactionMessage
          : unsavedMessageOf(tab.kind)
      }
      confirmLabel={words.confirm}
      cancelLabel={words.keep}
      onConfirm={() => answer(true)}
      onCancel={() => answer(false)}
    />
  );
}

function Disconnect({ question: { sourceId, losses, answer }, opened }: AskedProps<'disconnect'>) {
  const name = connectionsStore.getState().byId[sourceId]?.dataSource.name ?? '';
  const kinds = new Set(losses.map(({ kind }) => kind));
  const [kind] = kinds;
  return (
    <ConfirmDialog
      opened={opened}
      title={words.disconnectTitle(name, kinds.size === 1 && kind !== undefined ? kind : 'several')}
      message={lossTexts(losses).join(' ')}
      confirmLabel={words.disconnect}
      cancelLabel={words.stay}
      onConfirm={() => answer(true)}
      onCancel={() => answer(false)}
    />
  );
}

/** Asks before a tab with unsaved text or an open transaction is closed, and before a source with work is disconnected. */
export function CloseQuestion() {
  const question = useTabs((state) => state.question);
  const { shown } = useLastShown(question);
  if (shown === null) return null;
  const opened = question !== null;
  return shown.before === 'close' ? (
    <Close question={shown} opened={opened} />
  ) : (
    <Disconnect question={shown} opened={opened} />
  );
}
