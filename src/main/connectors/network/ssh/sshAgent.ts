import type { BaseAgent } from 'ssh2';
import { agentUnavailable, agentWithoutKeys } from './sshErrors.ts';

/** Where the agent listens; null when there is none. On Windows that of OpenSSH has a name of its own. */
export function agentSocket(): string | null {
  const named = process.env.SSH_AUTH_SOCK ?? '';
  if (named !== '') return named;
  return process.platform === 'win32' ? '\\\\.\\pipe\\openssh-ssh-agent' : null;
}

/**
 * The agent at a socket. It is asked for its keys first: ssh2 says nothing of why an agent was of no use.
 * @throws SSH_AGENT_UNAVAILABLE when nothing answers there, or it shows no key, as one that is locked does
 */
export async function agentAt(socket: string): Promise<BaseAgent> {
  const { default: ssh2 } = await import('ssh2');
  const agent = ssh2.createAgent(socket);
  const keyCount = await new Promise<number>((resolve, reject) => {
    agent.getIdentities((error, keys) =>
      error === undefined || error === null ? resolve(keys?.length ?? 0) : reject(agentUnavailable(error)),
    );
  });
  if (keyCount === 0) throw agentWithoutKeys();
  return agent;
}
