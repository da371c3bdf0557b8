import { Button, Group, PasswordInput, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { SshDialogue } from '../../../shared/model/sshDialogue.ts';
import { DialogWindow } from '../../components/DialogWindow.tsx';
import { useLastShown } from '../../lib/useLastShown.ts';
import { connectionsText } from '../../text/connections.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import classes from './PasswordDialog.module.css';
import { answerSsh, useSshDialogue } from './sshDialogues.ts';

const words = connectionsText.ssh;

function Questions({ dialogue: { id, name, instructions, questions } }: { dialogue: SshDialogue }) {
  const [answers, setAnswers] = useState<readonly string[]>(questions.map(() => ''));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void answerSsh(id, [...answers]);
  };
  return (
    <form onSubmit={submit} className={classes.form}>
      {[name, instructions].map(
        (text) =>
          text !== '' && (
            <Text key={text} size="sm">
              {text}
            </Text>
          ),
      )}
      {questions.map(({ text, isEchoed }, index) => {
        const Field = isEchoed ? TextInput : PasswordInput;
        const key = `${index} ${text}`;
        return (
          <Field
            key={key}
            label={text === '' ? words.answer : text}
            value={answers[index] ?? ''}
            onChange={(event) => setAnswers(answers.with(index, event.currentTarget.value))}
            autoComplete="off"
            data-autofocus={index === 0 || undefined}
          />
        );
      })}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={() => void answerSsh(id, null)}>
          {vocabulary.cancel}
        </Button>
        <Button type="submit">{words.answerAll}</Button>
      </Group>
    </form>
  );
}

/** What an SSH server asks of the person who connects. What is typed goes to that server and is kept nowhere. */
export function SshDialog() {
  const dialogue = useSshDialogue();
  const { shown, forget } = useLastShown(dialogue ?? undefined);
  return (
    <DialogWindow
      opened={dialogue !== null}
      title={words.title(shown?.server ?? '')}
      size={440}
      onClose={() => dialogue !== null && void answerSsh(dialogue.id, null)}
      onExitTransitionEnd={forget}
    >
      {shown !== null && <Questions key={shown.id} dialogue={shown} />}
    </DialogWindow>
  );
}
