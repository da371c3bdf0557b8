import { z } from 'zod';
import { hostKeyChangeSchema } from '../errors/errorActions.ts';
import { sshAnswerSchema } from '../model/sshDialogue.ts';
import { type CallDefinition, call, nothing } from './callDefinition.ts';

/** The calls about the way to servers: tunnels and proxies. */
export const networkCalls = {
  /** The file of a private key, for a field of the form; it is not read. Null when the person closed the dialog. */
  'ssh.chooseKeyFile': call(nothing, z.strictObject({ path: z.string().max(4_096) }).nullable()),
  /** Answers the questions of `ssh.asked`; one that is over is ignored. */
  'ssh.answer': call(sshAnswerSchema, nothing),
  /**
   * Compares the old and the new key of an SSH server that was refused, in a dialog of the system. Answers whether the
   * person accepted the new one there.
   */
  'ssh.trustHostKey': call(hostKeyChangeSchema, z.strictObject({ isAccepted: z.boolean() })),
} as const satisfies Record<string, CallDefinition>;
