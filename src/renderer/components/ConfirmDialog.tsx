import { Button, Group, Modal } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { takeFocus } from '../lib/takeFocus.ts';
import { vocabulary } from '../text/vocabulary.ts';
import classes from './ConfirmDialog.module.css';

interface ConfirmDialogProps {
  readonly opened: boolean;
  readonly title: string;
  readonly message: string;
  /** What it is about, in its own words, such as a statement. */
  readonly quote?: string;
  readonly confirmLabel: string;
  readonly cancelLabel?: string;
  /** Where Enter goes: to the deed when it can be undone, else to the way out. */
  readonly focusOn?: 'confirm' | 'cancel';
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  /** Told when it has faded away. */
  readonly onClosed?: () => void;
}

/** Mantine's windows leave an Escape alone that comes from an element with this attribute. */
const ownsEscape = { 'data-mantine-stop-propagation': 'true' };

/** Asks before something is lost. Stands above every other window of the app. */
export function ConfirmDialog({
  opened,
  title,
  message,
  quote,
  confirmLabel,
  cancelLabel = vocabulary.cancel,
  focusOn = 'cancel',
  onConfirm,
  onCancel,
  onClosed,
}: ConfirmDialogProps) {
  // Every window hears every Escape, also the one that opened this question: only one from inside is meant for it.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onCancel();
  };
  return (
    <Modal
      ref={takeFocus}
      opened={opened}
      onClose={onCancel}
      onKeyDown={onKeyDown}
      {...(onClosed !== undefined && { onExitTransitionEnd: onClosed })}
      closeOnEscape={false}
      attributes={{ content: ownsEscape }}
      size={420}
      zIndex={300}
      withCloseButton={false}
    >
      {/* Not the window's own header: two windows would make two banners of the page. */}
      <Modal.Title className={classes.title}>{title}</Modal.Title>
      <p className={classes.message}>{message}</p>
      {quote !== undefined && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too (WCAG 2.1.1)
        <pre className={classes.quote} tabIndex={0}>
          {quote}
        </pre>
      )}
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button
          {...ownsEscape}
          variant="default"
          onClick={onCancel}
          data-autofocus={focusOn === 'cancel' || undefined}
        >
          {cancelLabel}
        </Button>
        <Button
          {...ownsEscape}
          color="red"
          onClick={onConfirm}
          data-autofocus={focusOn === 'confirm' || undefined}
        >
          {confirmLabel}
        </Button>
      </Group>
    </Modal>
  );
}
