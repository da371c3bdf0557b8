import type { DataSource } from '../../../shared/model/dataSource.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { useLastShown } from '../../lib/useLastShown.ts';
import { activityText } from '../../text/activity.ts';
import { activityStore } from './activity.ts';
import type { Asked } from './activityState.ts';

interface QuestionProps {
  readonly dataSource: DataSource;
  readonly asked: Asked | null;
  /** It has faded away. */
  readonly onClosed: () => void;
}

/** Asks before a statement or a session ends: whose it is, what it runs, and what will happen. */
export function Question({ dataSource, asked, onClosed }: QuestionProps) {
  const { shown, forget } = useLastShown(asked);
  if (shown === null) return null;
  const { confirm, dismiss } = activityStore.getState();
  const { session, intervention } = shown;
  const words = activityText.question[intervention];
  const extras = [
    ...(session.owner === 'mooring' ? [activityText.question.own] : []),
    ...(dataSource.environment === 'production' ? [activityText.question.production] : []),
  ];
  return (
    <ConfirmDialog
      opened={asked !== null}
      title={words.title(session)}
      message={[words.message(session), ...extras].join(' ')}
      {...(session.statement !== null && { quote: session.statement.text })}
      confirmLabel={words.confirm}
      cancelLabel={words.keep}
      onConfirm={() => void confirm(dataSource.id)}
      onCancel={() => dismiss(dataSource.id)}
      onClosed={() => {
        forget();
        onClosed();
      }}
    />
  );
}
