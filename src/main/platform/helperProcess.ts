import { type ForkOptions, utilityProcess } from 'electron';

/**
 * Starts a process beside the app, which must be ready. Its output goes nowhere.
 * @param entryPath a built script; may be inside `app.asar`
 */
export function startHelperProcess<Message>(
  entryPath: string,
  options: Pick<ForkOptions, 'serviceName' | 'execArgv'>,
) {
  const child = utilityProcess.fork(entryPath, [], { ...options, stdio: 'ignore' });
  let isKilled = false;
  // Electron's own `kill` asks first. It has no pid before the process runs, and none after its end.
  const kill = () => {
    isKilled = true;
    if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
  };
  child.once('spawn', () => {
    if (isKilled) kill();
  });
  // The end that follows says enough, but an error without a listener would be thrown.
  child.on('error', () => undefined);
  return {
    post: (message: Message) => child.postMessage(message),
    onMessage: (listener: (message: unknown) => void) => void child.on('message', listener),
    onExit: (listener: () => void) => void child.once('exit', listener),
    /** Works any number of times, and before it runs. */
    kill,
  };
}
