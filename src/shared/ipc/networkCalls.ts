import { z } from 'zod';
import { sshAnswerSchema } from '../model/sshDialogue.ts';
import { type CallDefinition, call, nothing } from './callDefinition.ts';

/** The calls about the way to servers: tunnels and proxies. */
export const networkCalls = {
  /** The file of a private key, for a field of the form; it is not read. Null when the person closed the dialog. */
  'ssh.chooseKeyFile': call(nothing, z.strictObject({ path: z.string().max(4_096) }).nullable()),
  /** Answers the questions of `ssh.asked`; one that is over is ignored. */
  'ssh.answer': call(sshAnswerSchema, nothing),
} as const satisfies Record<string, CallDefinition>;
