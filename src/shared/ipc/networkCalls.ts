import { z } from 'zod';
import { hostKeyChangeSchema } from '../errors/errorActions.ts';
import { sshAnswerSchema } from '../model/sshDialogue.ts';
import { type CallDefinition, call, nothing } from './callDefinition.ts';

/** The calls about the way to servers: tunnels and proxies. */
export const networkCalls = {
  /** Answers the questions of `ssh.asked`; one that is over is ignored. */
  'ssh.answer': call(sshAnswerSchema, nothing),
  /**
   * Compares the old and the new key of an SSH server that was refused, in a dialog of the system. Answers whether the
   * person accepted the new one there.
   */
  'ssh.trustHostKey': call(hostKeyChangeSchema, z.strictObject({ isAccepted: z.boolean() })),
} as const satisfies Record<string, CallDefinition>;
