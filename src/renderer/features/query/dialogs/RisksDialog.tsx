import { Button, Group } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { DialogWindow } from '../../../components/DialogWindow.tsx';
import { queryText } from '../../../text/query.ts';
import { vocabulary } from '../../../text/vocabulary.ts';
import type { Question } from '../session/questions.ts';
import classes from './Dialogs.module.css';

/** So many are listed; the others are counted. */
const listedCount = 100;
const shownLength = 600;
const words = queryText.risks;

interface RisksDialogProps {
  readonly question: Extract<Question, { type: 'risks' }>;
  readonly isOpen: boolean;
}

/** The statements of a run that a person may regret, with what each of them does. */
export function RisksDialog({ question, isOpen }: RisksDialogProps) {
  const { statements, statementCount, sourceName, answer } = question;
  const note = words.note(statements.length, statementCount);
  const rest = statements.length - listedCount;
  return (
    <DialogWindow
      opened={isOpen}
      title={words.title(statements.length, sourceName)}
      size={640}
      onClose={() => answer(false)}
    >
      <ul className={classes.statements} aria-label={words.statements}>
        {statements.slice(0, listedCount).map(({ text, risks }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and its texts may be equal
          <li key={at} className={classes.statement}>
            <pre className={classes.sql}>
              {text.slice(0, shownLength)}
              {text.length > shownLength && '…'}
            </pre>
            {risks.map((risk) => (
              <div key={risk} className={classes.risk}>
                <IconAlertTriangle size={14} aria-hidden />
                {words.consequences[risk]}
              </div>
            ))}
          </li>
        ))}
      </ul>
      {rest > 0 && <p className={classes.note}>{words.more(rest)}</p>}
      {note !== null && <p className={classes.note}>{note}</p>}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" data-autofocus onClick={() => answer(false)}>
          {vocabulary.cancel}
        </Button>
        <Button color="red" onClick={() => answer(true)}>
          {words.run}
        </Button>
      </Group>
    </DialogWindow>
  );
}
