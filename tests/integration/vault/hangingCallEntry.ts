/**
 * An app that asks a keychain: writes the process id of its helper, and on SIGTERM closes the keychain and then ends
 * when it has nothing left to do.
 */
import { systemClock as clock } from '../../../src/main/base/Clock.ts';
import { HelperKeychain } from '../../../src/main/vault/keychain/HelperKeychain.ts';
import { nodeKeychainProcess } from '../../support/keychainProcess.ts';

const tellPid = (pid: number) => process.stdout.write(`${pid}\n`);
const keychain = new HelperKeychain({ process: nodeKeychainProcess(process.env, tellPid), clock });
process.once('SIGTERM', () => keychain.close());
await keychain.read('account').catch(() => undefined);
