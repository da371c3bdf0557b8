import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ErrorDto } from '../../shared/errors/errorDto.ts';

const errorShownMs = 12_000;
const noticeShownMs = 3_000;

/** Tells of a failure that has no place of its own on the screen. */
export function notifyError(error: ErrorDto): void {
  notifications.show({
    color: 'red',
    title: error.title,
    message: error.fixes[0] ?? error.detail,
    autoClose: errorShownMs,
    role: 'alert',
  });
}

/** Tells that something was done, in passing. */
export function notifyDone(message: string): void {
  notifications.show({ message, autoClose: noticeShownMs });
}

interface UndoNotice {
  readonly message: string;
  readonly undoLabel: string;
  readonly shownMs: number;
  readonly onUndo: () => void;
}

/** Tells that something was done, with a button that takes it back. */
export function notifyWithUndo({ message, undoLabel, shownMs, onUndo }: UndoNotice): void {
  const id = crypto.randomUUID();
  const undo = () => {
    notifications.hide(id);
    onUndo();
  };
  notifications.show({
    id,
    autoClose: shownMs,
    message: (
      <Group justify="space-between" wrap="nowrap">
        {message}
        <Button variant="light" size="xs" onClick={undo}>
          {undoLabel}
        </Button>
      </Group>
    ),
  });
}
