import { Button, Group } from '@mantine/core';
import { type NotificationData, notifications } from '@mantine/notifications';
import type { ErrorDto } from '../../shared/errors/errorDto.ts';

/** Long enough to read two lines and reach a button; time stands still while the pointer is on it. */
const shownMs = 6_000;

/** Shows one notice, in place of the one that is on the screen: notices never stack over what is being read. */
function show(notice: NotificationData): string {
  notifications.clean();
  return notifications.show({ autoClose: shownMs, ...notice });
}

/** Tells of a failure that has no place of its own on the screen. */
export function notifyError(error: ErrorDto): void {
  show({ color: 'red', title: error.title, message: error.fixes[0] ?? error.detail, role: 'alert' });
}

/** Tells that something was done, in passing. */
export function notifyDone(message: string): void {
  show({ message, role: 'status' });
}

interface LinkNotice {
  readonly title: string;
  readonly message: string;
  readonly linkLabel: string;
  readonly onLink: () => void;
}

/** Tells that something is wrong elsewhere, with a button that goes there. */
export function notifyWithLink({ title, message, linkLabel, onLink }: LinkNotice): void {
  const go = () => {
    notifications.hide(id);
    onLink();
  };
  const id = show({
    color: 'red',
    role: 'alert',
    title,
    message: <ActionLine message={message} label={linkLabel} onAction={go} />,
  });
}

interface UndoNotice {
  readonly message: string;
  readonly undoLabel: string;
  readonly onUndo: () => void;
}

/** Tells that something was done, with a button that takes it back. */
export function notifyWithUndo({ message, undoLabel, onUndo }: UndoNotice): void {
  const undo = () => {
    notifications.hide(id);
    onUndo();
  };
  const id = show({
    role: 'status',
    message: <ActionLine message={message} label={undoLabel} onAction={undo} />,
  });
}

interface ActionLineProps {
  readonly message: string;
  readonly label: string;
  readonly onAction: () => void;
}

function ActionLine({ message, label, onAction }: ActionLineProps) {
  return (
    <Group justify="space-between" wrap="nowrap">
      {message}
      <Button variant="light" size="xs" onClick={onAction}>
        {label}
      </Button>
    </Group>
  );
}
