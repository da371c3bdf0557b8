import { AuditRetention } from '../audit/AuditRetention.ts';
import { AuditService } from '../audit/AuditService.ts';
import { trailNotSigned } from '../audit/auditErrors.ts';
import { TrailExport } from '../audit/TrailExport.ts';
import type { Clock } from '../base/Clock.ts';
import type { OpenStore } from './openStore.ts';
import type { PlatformAdapters } from './services.ts';

export interface AuditFeatureOptions {
  readonly store: OpenStore;
  readonly adapters: PlatformAdapters;
  readonly clock: Clock;
}

/** The audit trail as people use it. What writes it is a part of the store. */
export function createAudit({ store, adapters, clock }: AuditFeatureOptions) {
  const { audit: trail, auditEntries: repository, keyRing } = store;
  const { ask, fileDialogs: dialogs, logger } = adapters;
  const openKey = async (): Promise<void> => {
    if (keyRing.activeVersion() === null) throw trailNotSigned();
    await keyRing.withActiveKey(() => undefined);
  };
  const service = new AuditService({
    trail,
    retention: new AuditRetention({ trail, repository, signer: keyRing, clock }),
    exporter: new TrailExport({ trail, repository, dialogs, clock }),
    ...{ openKey, ask, clock, logger: logger.scope('audit') },
  });
  return {
    auditing: service,
    start: () => service.start(),
    stop: { name: 'audit', limitMs: 100, run: () => service.stop() },
  };
}
