import { z } from 'zod';
import { alertNoticeSchema, alertPlaceSchema, alertStatusSchema } from '../model/alerts.ts';
import { auditStatusSchema } from '../model/audit.ts';
import { dataSourceChangeSchema } from '../model/dataSource.ts';
import { demoStatusSchema } from '../model/demoStatus.ts';
import { callIdSchema, dataSourceIdSchema } from '../model/ids.ts';
import { metricsSampleSchema } from '../model/metrics.ts';
import { monitoringStatusSchema } from '../model/monitoring.ts';
import { pipelineChangeSchema } from '../model/pipelineViews.ts';
import { sessionEventSchema } from '../model/query.ts';
import { queueStatusSchema } from '../model/queueSettings.ts';
import { resultProgressSchema } from '../model/results.ts';
import { runSchema } from '../model/runs.ts';
import { sourceStateSchema } from '../model/sourceState.ts';
import { sshDialogueSchema } from '../model/sshDialogue.ts';
import { stageSchema } from '../model/testReport.ts';
import { tracingStatusSchema } from '../model/tracing.ts';
import { vaultProgressSchema, vaultStatusSchema } from '../model/vault.ts';

/** Every event that main pushes to the window. */
export const events = {
  'dataSources.changed': dataSourceChangeSchema,
  'dataSources.state': z.strictObject({ id: dataSourceIdSchema, state: sourceStateSchema }),
  /** A stage of a running test began or ended; `callId` is the test's. */
  'test.stage': z.strictObject({ callId: callIdSchema, stage: stageSchema }),
  /** An SSH server asks something of the person who connects; answered with `ssh.answer`. */
  'ssh.asked': sshDialogueSchema,
  /** The answer is not waited for any more. */
  'ssh.over': z.strictObject({ id: z.uuid() }),
  'metrics.sample': z.strictObject({ id: dataSourceIdSchema, sample: metricsSampleSchema }),
  /** What happened to the session of a query tab while nothing ran in it. */
  'query.session': sessionEventSchema,
  /** How far a call is that sorts, saves or copies; `callId` is the call's. */
  'results.progress': z.strictObject({ callId: callIdSchema, progress: resultProgressSchema }),
  'monitoring.status': monitoringStatusSchema,
  'tracing.status': tracingStatusSchema,
  'audit.status': auditStatusSchema,
  'alerts.status': alertStatusSchema,
  /** New alerts, while the window has the focus; without it the desktop tells them. */
  'alerts.notice': alertNoticeSchema,
  /** A person has clicked a notification of the desktop. */
  'alerts.show': alertPlaceSchema,
  'pipelines.changed': pipelineChangeSchema,
  /** Its state or its progress has changed: at most twice a second for each run. */
  'runs.changed': runSchema,
  'queue.status': queueStatusSchema,
  'demo.status': demoStatusSchema,
  'vault.status': vaultStatusSchema,
  'vault.progress': vaultProgressSchema,
  /** The store was replaced by another one: everything the window knows is stale. */
  'store.replaced': z.null(),
  /** The app is about to end: the page hands over what it has not kept yet, and answers with `app.pageReady`. */
  'app.leaving': z.null(),
  /** A menu item or its shortcut was chosen. */
  'app.command': z.enum([
    'new-data-source',
    'new-query',
    'open-file',
    'save',
    'save-as',
    'run',
    'run-all',
    'history',
    'log',
    'alerts',
    'pipelines',
    'close-tab',
    'reopen-tab',
    'next-tab',
    'previous-tab',
    'split-tab',
    'navigator',
    'inspector',
    'palette',
    'go-to-relation',
    'search-source',
    'shortcuts',
    'settings',
    'find',
    'refresh',
    'lock',
    'export',
    'import',
    'audit',
    'diagnostics',
    'restore',
    'connect',
    'disconnect',
    'edit-source',
    'overview',
    'metrics',
    'activity',
    'statements',
    'diagram',
    'theme-system',
    'theme-light',
    'theme-dark',
    'back-up',
    'unlock-vault',
    'change-key-storage',
    'rotate-key',
    'add-passphrase',
    'change-passphrase',
    'remove-passphrase',
    'start-over',
    'app-lock',
    'monitoring',
    'reset-demo',
    'about',
  ]),
} as const satisfies Record<string, z.ZodType>;

export type EventName = keyof typeof events;
export type EventPayload<Name extends EventName> = z.infer<(typeof events)[Name]>;

export const eventNames = Object.keys(events) as EventName[];
