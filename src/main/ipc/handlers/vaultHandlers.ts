import type { VaultProgress } from '../../../shared/model/vault.ts';
import type { Services } from '../../app/services.ts';
import type { CallContext, TopicHandlers } from '../handlerTypes.ts';

export function vaultHandlers({ vault, events }: Services): TopicHandlers<'vault'> {
  const longWork = ({ callId, signal }: CallContext) => ({
    signal,
    onProgress: (progress: Omit<VaultProgress, 'callId'>) =>
      events.publish('vault.progress', { callId, ...progress }),
  });
  return {
    'vault.status': () => vault.status(),
    'vault.retry': () => vault.retry(),
    'vault.unlock': ({ passphrase }) => vault.unlock(passphrase),
    'vault.lock': () => vault.lock(),
    'vault.setMode': ({ choice, current }, context) => vault.setMode(choice, current, longWork(context)),
    'vault.changePassphrase': ({ current, next }) => vault.changePassphrase(current, next),
    'vault.addPassphrase': ({ passphrase }) => vault.addPassphrase(passphrase),
    'vault.removePassphrase': ({ passphrase }) => vault.removePassphrase(passphrase),
    'vault.setAppLock': ({ settings, current }) => vault.setAppLock(settings, current),
    'vault.rotate': (options, context) => vault.rotate(options, longWork(context)),
    'vault.startOver': ({ current }, { signal }) => vault.startOver(current, signal),
  };
}
