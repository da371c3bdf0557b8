import type { KeychainProcess } from '../vault/keychain/KeychainProcess.ts';
import { startHelperProcess } from './helperProcess.ts';

/**
 * Runs the keychain helper beside the app. The app must be ready when it is started.
 * @param helperPath the built keychainHelper.ts; may be inside `app.asar`
 */
export function keychainProcess(helperPath: string): KeychainProcess {
  return { start: () => startHelperProcess(helperPath, { serviceName: 'Mooring keychain' }) };
}
