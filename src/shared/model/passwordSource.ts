import { z } from 'zod';
import { plainText } from './fieldText.ts';

/** Where the password of a log-in comes from, when it is neither typed nor in the vault. */

/** All of a command must fit into the question in which a person allows it. */
const maxWords = 40;
const maxCommandLength = 1_500;
/** Tokens of the large clouds live between 15 and 90 minutes. */
const maxTimeToLiveSeconds = 24 * 60 * 60;

const wordSchema = plainText('Command');

const commandSchema = z.strictObject({
  type: z.literal('command'),
  /**
   * The program and what it is given, word by word: no shell reads them. The program is a name that is looked for in the
   * PATH, or an absolute path, so that it does not depend on the folder that Mooring happens to run in.
   */
  argv: z
    .array(wordSchema)
    .min(1, { error: 'Command must name a program; close every quotation mark' })
    .max(maxWords, { error: `Command has more than ${maxWords} words` })
    .refine((words) => words.join(' ').length <= maxCommandLength, {
      error: `Command is longer than ${maxCommandLength} characters`,
    })
    .refine(([program = '']) => /^(?:[\w.+-]+|\/.*|[A-Za-z]:[/\\].*)$/.test(program), {
      error: 'Command must begin with the name of a program, or with its whole path',
    }),
  /** How long an output is used again; zero: for one log-in. */
  timeToLiveSeconds: z
    .int({ error: 'Seconds must be a whole number' })
    .min(0, { error: 'Seconds must be between 0 and 86400' })
    .max(maxTimeToLiveSeconds, { error: 'Seconds must be between 0 and 86400' }),
});

const fileSchema = z.strictObject({
  type: z.literal('file'),
  /** Null: where the engine's own tools look for it. */
  path: plainText('Password file')
    .max(4_096, { error: 'Password file is longer than 4096 characters' })
    .refine((path) => /^(?:~[/\\]|\/|[A-Za-z]:[/\\]|\\\\)/.test(path), {
      error: 'Password file must be an absolute path, or begin with ~/',
    })
    .nullable(),
});

export const passwordSourceSchema = z.discriminatedUnion('type', [commandSchema, fileSchema]);
export type PasswordSource = z.infer<typeof passwordSourceSchema>;
export type PasswordCommand = z.infer<typeof commandSchema>;
