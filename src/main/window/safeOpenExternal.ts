import { shell } from 'electron';
import { AppError } from '../base/AppError.ts';

const loopback = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * Opens an address in the system's browser: only `https`, and `http` to this computer. Anything else could start a program.
 * @throws INVALID_INPUT for any other
 */
export async function safeOpenExternal(address: string): Promise<void> {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.has(url.hostname));
  if (url === null || !isSafe) {
    throw new AppError('INVALID_INPUT', {
      title: 'This address cannot be opened',
      detail: 'Only addresses that begin with https:// are opened in the browser.',
    });
  }
  await shell.openExternal(url.href);
}
