import { z } from 'zod';
import { secretText } from './secretField.ts';

const shownText = z.string().max(500);

/** What an SSH server asks of the person at the computer during a log-in (RFC 4256). All texts are the server's, cleaned. */
export const sshDialogueSchema = z.strictObject({
  id: z.uuid(),
  /** Such as `ann@bastion.example.com`. */
  server: z.string().max(600),
  name: shownText,
  instructions: shownText,
  questions: z
    .array(
      z.strictObject({
        text: shownText,
        /** Whether what is typed may be seen. */
        isEchoed: z.boolean(),
      }),
    )
    .max(10),
});
export type SshDialogue = z.infer<typeof sshDialogueSchema>;

/** The answers in the order of the questions; null: the person does not want to log in. */
export const sshAnswerSchema = z.strictObject({
  id: z.uuid(),
  answers: z
    .array(secretText('Answer', { max: 4_096 }))
    .max(10)
    .nullable(),
});
