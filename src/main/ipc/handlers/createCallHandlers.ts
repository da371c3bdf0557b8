import type { AppLife } from '../../app/AppLife.ts';
import type { Services } from '../../app/services.ts';
import type { CallHandlers } from '../handlerTypes.ts';
import { activityHandlers } from './activityHandlers.ts';
import { alertHandlers } from './alertHandlers.ts';
import { appHandlers } from './appHandlers.ts';
import { auditHandlers } from './auditHandlers.ts';
import { dataSourceHandlers } from './dataSourceHandlers.ts';
import { demoHandlers } from './demoHandlers.ts';
import { diagnosticsHandlers } from './diagnosticsHandlers.ts';
import { logHandlers } from './logHandlers.ts';
import { metricsHandlers } from './metricsHandlers.ts';
import { monitoringHandlers } from './monitoringHandlers.ts';
import { objectHandlers } from './objectHandlers.ts';
import { pipelineHandlers } from './pipelineHandlers.ts';
import { queryHandlers } from './queryHandlers.ts';
import { queueHandlers } from './queueHandlers.ts';
import { recoveryHandlers } from './recoveryHandlers.ts';
import { requestHandlers } from './requestHandlers.ts';
import { schemaHandlers } from './schemaHandlers.ts';
import { serverHandlers } from './serverHandlers.ts';
import { sshHandlers } from './sshHandlers.ts';
import { statisticsHandlers } from './statisticsHandlers.ts';
import { tracingHandlers } from './tracingHandlers.ts';
import { transferHandlers } from './transferHandlers.ts';
import { vaultHandlers } from './vaultHandlers.ts';

/** The answer to every call of the contract. */
export function createCallHandlers(services: Services, life: AppLife): CallHandlers {
  return {
    ...appHandlers(services),
    ...logHandlers(services),
    ...dataSourceHandlers(services),
    ...schemaHandlers(services),
    ...serverHandlers(services),
    ...queryHandlers(services),
    ...objectHandlers(services),
    ...requestHandlers(services),
    ...pipelineHandlers(services),
    ...queueHandlers(services),
    ...activityHandlers(services),
    ...monitoringHandlers(services),
    ...tracingHandlers(services),
    ...sshHandlers(services),
    ...statisticsHandlers(services),
    ...alertHandlers(services),
    ...demoHandlers(services),
    ...vaultHandlers(services),
    ...transferHandlers(services),
    ...auditHandlers(services),
    ...diagnosticsHandlers(services),
    ...recoveryHandlers(life),
    ...metricsHandlers(services),
  };
}
