import { Button, Group, Modal } from '@mantine/core';
import { takeFocus } from '../../../lib/takeFocus.ts';
import { queryText } from '../../../text/query.ts';
import { vocabulary } from '../../../text/vocabulary.ts';
import type { Question } from '../session/questions.ts';
import classes from './Dialogs.module.css';

type Choice = Extract<Question, { type: 'transaction' | 'file' | 'file-changed' }>;

interface ChoiceButton {
  readonly label: string;
  readonly isRed?: boolean;
  readonly onClick: () => void;
}

interface Shown {
  readonly title: string;
  readonly message: string;
  readonly buttons: readonly ChoiceButton[];
  /** The safe answer. */
  readonly keep: string;
}

const words = queryText.closing;

function shownOf(question: Choice): Shown {
  if (question.type === 'file') {
    return {
      title: words.fileTitle(question.name),
      message: words.fileMessage,
      keep: words.keep,
      buttons: [
        { label: words.discard, isRed: true, onClick: () => question.answer('discard') },
        { label: words.save, onClick: () => question.answer('save') },
      ],
    };
  }
  if (question.type === 'file-changed') {
    return {
      title: question.title,
      message: question.detail,
      keep: vocabulary.cancel,
      buttons: [
        { label: words.replaceFile, isRed: true, onClick: () => question.answer('replace') },
        { label: queryText.saveAs, onClick: () => question.answer('elsewhere') },
      ],
    };
  }
  const isClosing = question.purpose === 'close';
  const commit = isClosing ? words.commit : words.switchCommit;
  const rollback = isClosing ? words.rollback : words.switchRollback;
  return {
    title: isClosing ? words.transactionTitle(question.title) : words.switchTitle,
    message: question.isFailed ? words.failedMessage : words.transactionMessage,
    keep: words.keep,
    buttons: [
      { label: rollback, isRed: true, onClick: () => question.answer('rollback') },
      ...(question.isFailed ? [] : [{ label: commit, onClick: () => question.answer('commit') }]),
    ],
  };
}

/** Asks what becomes of something that would be lost; keeping it is the safe answer. */
export function ChoiceDialog({ question, isOpen }: { readonly question: Choice; readonly isOpen: boolean }) {
  const { title, message, buttons, keep } = shownOf(question);
  return (
    <Modal
      ref={takeFocus}
      opened={isOpen}
      onClose={() => question.answer(null)}
      size={500}
      zIndex={300}
      withCloseButton={false}
    >
      <Modal.Title className={classes.title}>{title}</Modal.Title>
      <p className={classes.message}>{message}</p>
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" data-autofocus onClick={() => question.answer(null)}>
          {keep}
        </Button>
        {buttons.map(({ label, isRed, onClick }) => (
          <Button key={label} {...(isRed && { color: 'red' })} onClick={onClick}>
            {label}
          </Button>
        ))}
      </Group>
    </Modal>
  );
}
