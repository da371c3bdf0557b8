import { z } from 'zod';
import { appInfoSchema, preferencesSchema } from '../model/appInfo.ts';
import { connectionProfileSchema, profileNameSchema } from '../model/connectionProfile.ts';
import { databaseNamesSchema } from '../model/databaseNames.ts';
import {
  dataSourceFieldsSchema,
  dataSourceListSchema,
  draftSchema,
  savedDataSourceSchema,
  secretFieldNameSchema,
  secretValueSchema,
} from '../model/dataSource.ts';
import { demoStatusSchema } from '../model/demoStatus.ts';
import {
  diagramFileSchema,
  diagramSchema,
  diagramScopeSchema,
  maxDiagramFileLength,
} from '../model/diagrams.ts';
import { callIdSchema, dataSourceIdSchema } from '../model/ids.ts';
import { keptObjectSchema, keptObjectsSchema } from '../model/keptObjects.ts';
import { historyPageInputSchema, historyPageSchema, saveStatementInputSchema } from '../model/query.ts';
import {
  backupNameInputSchema,
  backupSchema,
  recoveryStatusSchema,
  replacedStoreSchema,
} from '../model/recovery.ts';
import {
  arrangedSchema,
  arrangeInputSchema,
  cellPartInputSchema,
  cellPartSchema,
  copiedSchema,
  copyInputSchema,
  findInputSchema,
  foundSchema,
  resultIdSchema,
  resultWindowSchema,
  savedFileSchema,
  saveResultInputSchema,
  savingShape,
  selectionInputSchema,
  summarySchema,
  windowInputSchema,
} from '../model/results.ts';
import {
  nodeDependenciesSchema,
  nodeDetailSchema,
  nodeRefSchema,
  relationRefSchema,
  rowCountSchema,
} from '../model/schemaTree.ts';
import { sourceStateSchema } from '../model/sourceState.ts';
import {
  openedTableSchema,
  openTableInputSchema,
  saveTableInputSchema,
  tableProgressSchema,
} from '../model/tableRows.ts';
import {
  arrangementSchema,
  layoutSchema,
  maxTabTextLength,
  openedFileSchema,
  tabIdSchema,
} from '../model/tabs.ts';
import { serverInfoSchema, testReportSchema } from '../model/testReport.ts';
import {
  exportInputSchema,
  exportReportSchema,
  importApplyInputSchema,
  importIdInputSchema,
  importPreviewSchema,
  importReportSchema,
  importUnlockInputSchema,
} from '../model/transfer.ts';
import {
  appLockSettingsSchema,
  currentPassphraseSchema,
  modeChoiceSchema,
  newPassphraseSchema,
  passphraseSchema,
  rotationInputSchema,
  rotationReportSchema,
  vaultStatusSchema,
} from '../model/vault.ts';
import { alertCalls } from './alertCalls.ts';
import { exportFacts, importFacts, passphraseChange, restoreFacts } from './auditedCall.ts';
import { audited, byId, type CallDefinition, call, nothing, subjectIsId } from './callDefinition.ts';
import { networkCalls } from './networkCalls.ts';
import { observationCalls } from './observationCalls.ts';
import { pipelineCalls } from './pipelineCalls.ts';
import { resourceCalls, resourcesMaxBytes } from './resourceCalls.ts';
import { serverCalls } from './serverCalls.ts';

const byRelation = z.strictObject({ id: dataSourceIdSchema, relation: relationRefSchema });
const byTab = z.strictObject({ tabId: tabIdSchema });
/** The largest text of a tab, in UTF-8. */
const textMaxBytes = 4 * maxTabTextLength;
const byPassphrase = z.strictObject({ passphrase: passphraseSchema });
/** In UTF-16 units: a thousand rows with some of the longest cells that the grid holds. */
const maxCopiedLength = 4_000_000;

const connectInput = z.strictObject({
  id: dataSourceIdSchema,
  /** One typed by hand just now, in place of the stored one. */
  secret: z
    .strictObject({
      field: secretFieldNameSchema,
      value: secretValueSchema,
      /** Save it in the vault; else it is held in memory until the data source is disconnected. */
      remember: z.boolean(),
    })
    .nullable(),
});

/**
 * Every call there is: `topic.verb`. Preload and router derive from this object, so that a call is added here
 * and in its handler, nowhere else. `cancel` is not listed: it is part of the transport.
 */
export const contract = {
  ...observationCalls,
  ...alertCalls,
  ...resourceCalls,
  ...pipelineCalls,
  ...networkCalls,
  ...serverCalls,

  'app.info': call(nothing, appInfoSchema, { whileLocked: true }),
  'app.getPreferences': call(nothing, preferencesSchema, { whileLocked: true }),
  'app.setPreferences': call(preferencesSchema, preferencesSchema),
  /**
   * Puts text on the clipboard: the page itself has no clipboard permission. The largest text is a selection of rows;
   * one that is larger is refused, never cut.
   */
  'app.copyText': call(z.strictObject({ text: z.string().max(maxCopiedLength) }), nothing, {
    maxBytes: 4 * maxCopiedLength,
  }),
  'app.showLogFolder': call(nothing, nothing),
  /** The answer to `app.leaving`: the page has handed over what it had to keep. */
  'app.pageReady': call(nothing, nothing),

  'dataSources.list': call(nothing, dataSourceListSchema),
  'dataSources.states': call(nothing, z.record(dataSourceIdSchema, sourceStateSchema)),
  'dataSources.save': audited(call(draftSchema, savedDataSourceSchema, { maxBytes: resourcesMaxBytes }), {
    operation: 'data-source.saved',
    facts: subjectIsId,
  }),
  'dataSources.duplicate': audited(call(byId, savedDataSourceSchema), {
    operation: 'data-source.duplicated',
    facts: subjectIsId,
  }),
  /** Takes it out of the list; `restore` brings it back with its password until the app ends. */
  'dataSources.remove': audited(call(byId, nothing), {
    operation: 'data-source.removed',
    facts: subjectIsId,
  }),
  'dataSources.restore': audited(call(byId, savedDataSourceSchema), {
    operation: 'data-source.restored',
    facts: subjectIsId,
  }),
  'dataSources.test': call(draftSchema, testReportSchema, { maxBytes: resourcesMaxBytes }),
  /** The databases that the server of a draft has, where it lets the user in without the one that the draft names. */
  'dataSources.databases': call(draftSchema, databaseNamesSchema, { maxBytes: resourcesMaxBytes }),
  /** The path of a file, for a field of the form; it is not read. Null when the person closed the dialog. */
  'dataSources.chooseFile': call(nothing, z.strictObject({ path: z.string().max(4_096) }).nullable()),
  /** What a connection text refers to by a name, such as a service of `pg_service.conf`; nothing secret is in it. */
  'dataSources.readProfile': call(profileNameSchema, connectionProfileSchema),
  'dataSources.connect': call(connectInput, nothing),
  'dataSources.disconnect': call(byId, nothing),
  'dataSources.serverInfo': call(byId, serverInfoSchema),
  /** A person has looked at a data source that is `changed` or `unsigned`: it is signed as it stands. */
  'dataSources.confirm': audited(call(byId, savedDataSourceSchema), {
    operation: 'data-source.confirmed',
    facts: subjectIsId,
  }),
  /** Takes a damaged one out of the list; it stays in a backup that is made first. */
  'dataSources.removeDamaged': audited(call(z.strictObject({ id: z.string().max(100) }), nothing), {
    operation: 'data-source.discarded',
    facts: subjectIsId,
  }),
  /** Puts the connection URL on the clipboard; with the password only after a question that main itself asks. */
  'dataSources.copyUrl': audited(
    call(
      z.strictObject({ id: dataSourceIdSchema, withPassword: z.boolean() }),
      z.strictObject({ copied: z.boolean() }),
    ),
    {
      operation: 'data-source.url-copied',
      facts: ({ id, withPassword }, output) => ({
        subject: id,
        details: { withPassword },
        ...(output?.copied === false && { outcome: 'CANCELLED' }),
      }),
    },
  ),

  'vault.status': call(nothing, vaultStatusSchema, { whileLocked: true }),
  /** Tries to get the keys now, as after the keychain was unlocked. Its answer says whether it worked. */
  'vault.retry': call(nothing, vaultStatusSchema),
  'vault.unlock': audited(call(byPassphrase, vaultStatusSchema, { whileLocked: true }), {
    operation: 'vault.opened',
  }),
  'vault.lock': audited(call(nothing, vaultStatusSchema, { whileLocked: true }), {
    operation: 'vault.locked',
  }),
  /** The first choice of a mode, and the way from one to another. */
  'vault.setMode': audited(
    call(z.strictObject({ choice: modeChoiceSchema, current: currentPassphraseSchema }), vaultStatusSchema),
    { operation: 'vault.mode-changed', facts: ({ choice }) => ({ details: { to: choice.mode } }) },
  ),
  'vault.changePassphrase': audited(
    call(z.strictObject({ current: passphraseSchema, next: newPassphraseSchema }), vaultStatusSchema),
    passphraseChange('changed'),
  ),
  /** Adds a passphrase to mode `keychain` (needed for the app lock there), or takes it away again. */
  'vault.addPassphrase': audited(
    call(z.strictObject({ passphrase: newPassphraseSchema }), vaultStatusSchema),
    passphraseChange('added'),
  ),
  'vault.removePassphrase': audited(call(byPassphrase, vaultStatusSchema), passphraseChange('removed')),
  /** What makes the lock weaker takes the passphrase. */
  'vault.setAppLock': audited(
    call(
      z.strictObject({ settings: appLockSettingsSchema, current: currentPassphraseSchema }),
      vaultStatusSchema,
    ),
    {
      operation: 'vault.app-lock-changed',
      facts: ({ settings: { idleMinutes, ...settings } }) => ({
        details: { ...settings, idleMinutes: idleMinutes ?? 'never' },
      }),
    },
  ),
  'vault.rotate': audited(call(rotationInputSchema, rotationReportSchema), {
    operation: 'vault.rotated',
    facts: ({ destroyOldKey }) => ({ details: { destroyOldKey } }),
  }),
  /** For who has lost the key for good: sealed secrets go to a backup, and a new vault begins. */
  'vault.startOver': audited(call(z.strictObject({ current: currentPassphraseSchema }), vaultStatusSchema), {
    operation: 'vault.started-over',
  }),

  'transfer.export': audited(call(exportInputSchema, exportReportSchema), {
    operation: 'transfer.exported',
    facts: exportFacts,
  }),
  'transfer.open': call(nothing, importPreviewSchema),
  'transfer.unlock': call(importUnlockInputSchema, importPreviewSchema),
  'transfer.apply': audited(call(importApplyInputSchema, importReportSchema), {
    operation: 'transfer.imported',
    facts: importFacts,
  }),
  'transfer.discard': call(importIdInputSchema, nothing),

  /** These are answered also when the store could not be opened. */
  'recovery.status': call(nothing, recoveryStatusSchema),
  'recovery.retry': call(nothing, recoveryStatusSchema),
  'recovery.backUp': audited(call(nothing, backupSchema), { operation: 'store.backed-up' }),
  'recovery.restore': audited(call(backupNameInputSchema, replacedStoreSchema), {
    operation: 'store.restored',
    facts: restoreFacts,
  }),
  'recovery.startEmpty': audited(call(nothing, replacedStoreSchema), { operation: 'store.started-empty' }),

  'schema.describe': call(z.strictObject({ id: dataSourceIdSchema, node: nodeRefSchema }), nodeDetailSchema),
  'schema.countRows': call(byRelation, rowCountSchema),
  'schema.dependencies': call(
    z.strictObject({ id: dataSourceIdSchema, node: nodeRefSchema }),
    nodeDependenciesSchema,
  ),
  /** Tables of a schema, or near a table, with how they refer to each other. */
  'schema.diagram': call(
    z.strictObject({ id: dataSourceIdSchema, scope: diagramScopeSchema }),
    diagramSchema,
  ),
  /** Writes a diagram to a file that the person names; answers its name, or null. */
  'schema.saveDiagram': call(diagramFileSchema, z.strictObject({ fileName: z.string() }).nullable(), {
    maxBytes: 2 * maxDiagramFileLength,
  }),

  /** Cancels what runs in a tab, down to the server; the run then ends by itself with QUERY_CANCELLED. */
  'query.cancel': call(byTab, nothing),
  'query.commit': call(byTab, nothing),
  'query.rollback': call(byTab, nothing),
  /** Ends the session that a tab keeps, with its temporary tables, settings and locks. */
  'query.endSession': call(byTab, nothing),
  /** The tab is closed: what runs is cancelled, its transaction rolled back, its results dropped. */
  'query.close': call(byTab, nothing),
  'query.saveStatement': call(saveStatementInputSchema, savedFileSchema, { maxBytes: textMaxBytes }),

  'results.window': call(windowInputSchema, resultWindowSchema),
  'results.cellPart': call(cellPartInputSchema, cellPartSchema),
  'results.arrange': call(arrangeInputSchema, arrangedSchema),
  'results.find': call(findInputSchema, foundSchema),
  'results.summary': call(selectionInputSchema, summarySchema),
  'results.copy': call(copyInputSchema, copiedSchema),
  'results.save': call(saveResultInputSchema, savedFileSchema),
  'results.drop': call(z.strictObject({ resultId: resultIdSchema }), nothing),

  /** Opens the rows of a relation for a tab; an earlier result of the same tab is dropped. */
  'table.open': call(openTableInputSchema, openedTableSchema),
  /** Reads on until there are so many rows, or no more. */
  'table.more': call(
    z.strictObject({ resultId: resultIdSchema, rowCount: z.int().min(1) }),
    tableProgressSchema,
  ),
  'table.save': call(saveTableInputSchema, savedFileSchema),

  'history.page': call(historyPageInputSchema, historyPageSchema),
  'history.text': call(z.strictObject({ id: z.int() }), z.strictObject({ text: z.string() })),
  'history.clear': call(nothing, nothing),

  'tabs.layout': call(nothing, layoutSchema),
  'tabs.setLayout': call(layoutSchema, nothing),
  'tabs.readText': call(byTab, z.strictObject({ text: z.string() })),
  'tabs.writeText': call(
    z.strictObject({ tabId: tabIdSchema, text: z.string().max(maxTabTextLength) }),
    nothing,
    { maxBytes: textMaxBytes },
  ),
  /** Texts of all other tabs are forgotten. */
  'tabs.retainTexts': call(z.strictObject({ tabIds: z.array(tabIdSchema).max(500) }), nothing),
  /** Lets the person choose a text file. */
  'tabs.openFile': call(nothing, openedFileSchema),
  /** Writes to the file that was opened under this id; null asks for a name. FILE_CHANGED unless it may be replaced. */
  'tabs.saveFile': call(
    z.strictObject({
      fileId: z.uuid().nullable(),
      suggestedName: savingShape.suggestedName,
      text: z.string().max(maxTabTextLength),
      /** Also when another program has changed or removed the file. */
      replacesChanges: z.boolean(),
    }),
    z.strictObject({ id: z.uuid(), name: z.string() }).nullable(),
    { maxBytes: textMaxBytes },
  ),
  'tabs.arrangement': call(nothing, arrangementSchema),
  'tabs.setArrangement': call(arrangementSchema, nothing, { maxBytes: 2 * 1024 * 1024 }),

  'objects.list': call(nothing, keptObjectsSchema),
  'objects.setFavourite': call(keptObjectSchema.extend({ isFavourite: z.boolean() }), nothing),
  /** A person looks at it. */
  'objects.opened': call(keptObjectSchema, nothing),
  'objects.clearRecent': call(nothing, nothing),

  'demo.status': call(nothing, demoStatusSchema),
  /** Creates, starts and seeds as needed, and answers the fields that reach it. Long on first use; see `demo.status`. */
  'demo.prepare': call(nothing, dataSourceFieldsSchema),
  /** As `demo.prepare`, for the demo API over the demo database: starts both. Its key is main's own, never typed. */
  'demo.startApi': call(nothing, dataSourceFieldsSchema),
  'demo.reset': audited(call(nothing, nothing), { operation: 'demo.reset' }),
} as const satisfies Record<string, CallDefinition>;

export type CallName = keyof typeof contract;
/** The calls that leave a line in the audit trail. */
export type AuditedCallName = {
  [Name in CallName]: (typeof contract)[Name]['audited'] extends null ? never : Name;
}[CallName];
export type CallInput<Name extends CallName> = z.infer<(typeof contract)[Name]['input']>;
export type CallOutput<Name extends CallName> = z.infer<(typeof contract)[Name]['output']>;

export const callNames = Object.keys(contract) as CallName[];

/** What is sent on `cancelChannel`. */
export const cancelSchema = z.strictObject({ callId: callIdSchema });
