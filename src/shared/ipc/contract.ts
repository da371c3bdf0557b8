import { z } from 'zod';
import { appInfoSchema, preferencesSchema } from '../model/appInfo.ts';
import { auditCheckSchema, auditPageInputSchema, auditPageSchema } from '../model/audit.ts';
import {
  dataSourceFieldsSchema,
  dataSourceListSchema,
  draftSchema,
  passwordTextSchema,
  savedDataSourceSchema,
} from '../model/dataSource.ts';
import { demoStatusSchema } from '../model/demoStatus.ts';
import { callIdSchema, dataSourceIdSchema } from '../model/ids.ts';
import { metricsHistorySchema } from '../model/metrics.ts';
import {
  backupNameInputSchema,
  backupSchema,
  recoveryStatusSchema,
  replacedStoreSchema,
} from '../model/recovery.ts';
import { relationDetailSchema, relationRefSchema, rowCountSchema } from '../model/schemaTree.ts';
import { sourceStateSchema } from '../model/sourceState.ts';
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
  modeChoiceSchema,
  newPassphraseSchema,
  passphraseSchema,
  rotationInputSchema,
  rotationReportSchema,
  vaultStatusSchema,
} from '../model/vault.ts';

/** One call of the renderer to main. */
export interface CallDefinition {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** Whether the call changes what is kept or touches secrets, and so leaves a line in the audit trail. */
  readonly audited: boolean;
  /** Whether it is answered while the window is locked: only what unlocking itself needs. */
  readonly whileLocked: boolean;
  /** Largest accepted input, in bytes of its JSON text. */
  readonly maxBytes: number;
}

/** Nothing a person does by hand is larger, but for a draft. */
const defaultMaxBytes = 256 * 1024;
/** A draft may hold a bundle of authorities; in JSON each of its line breaks takes a byte more. */
const draftMaxBytes = 1024 * 1024;

const call = <Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
  options: { audited?: boolean; whileLocked?: boolean; maxBytes?: number } = {},
) => ({
  input,
  output,
  audited: options.audited ?? false,
  whileLocked: options.whileLocked ?? false,
  maxBytes: options.maxBytes ?? defaultMaxBytes,
});

const nothing = z.null();
const byId = z.strictObject({ id: dataSourceIdSchema });
const byRelation = z.strictObject({ id: dataSourceIdSchema, relation: relationRefSchema });
const byPassphrase = z.strictObject({ passphrase: passphraseSchema });

const connectInput = z.strictObject({
  id: dataSourceIdSchema,
  /** One typed by hand just now, in place of the stored one. */
  password: z
    .strictObject({
      value: passwordTextSchema,
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
  'app.info': call(nothing, appInfoSchema, { whileLocked: true }),
  'app.getPreferences': call(nothing, preferencesSchema, { whileLocked: true }),
  'app.setPreferences': call(preferencesSchema, preferencesSchema),
  /** Puts text on the clipboard: the page itself has no clipboard permission. */
  'app.copyText': call(z.strictObject({ text: z.string().max(100_000) }), nothing),
  'app.showLogFolder': call(nothing, nothing),

  'dataSources.list': call(nothing, dataSourceListSchema),
  'dataSources.states': call(nothing, z.record(dataSourceIdSchema, sourceStateSchema)),
  'dataSources.save': call(draftSchema, savedDataSourceSchema, { audited: true, maxBytes: draftMaxBytes }),
  'dataSources.duplicate': call(byId, savedDataSourceSchema, { audited: true }),
  /** Takes it out of the list; `restore` brings it back with its password until the app ends. */
  'dataSources.remove': call(byId, nothing, { audited: true }),
  'dataSources.restore': call(byId, savedDataSourceSchema, { audited: true }),
  'dataSources.test': call(draftSchema, testReportSchema, { maxBytes: draftMaxBytes }),
  'dataSources.connect': call(connectInput, nothing),
  'dataSources.disconnect': call(byId, nothing),
  'dataSources.serverInfo': call(byId, serverInfoSchema),
  /** A person has looked at a data source that is `changed` or `unsigned`: it is signed as it stands. */
  'dataSources.confirm': call(byId, savedDataSourceSchema, { audited: true }),
  /** Takes a damaged one out of the list; it stays in a backup that is made first. */
  'dataSources.removeDamaged': call(z.strictObject({ id: z.string().max(100) }), nothing, { audited: true }),
  /** Puts the connection URL on the clipboard; with the password only after a question that main itself asks. */
  'dataSources.copyUrl': call(
    z.strictObject({ id: dataSourceIdSchema, withPassword: z.boolean() }),
    z.strictObject({ copied: z.boolean() }),
    { audited: true },
  ),

  'vault.status': call(nothing, vaultStatusSchema, { whileLocked: true }),
  /** Tries to get the keys now, as after the keychain was unlocked. Its answer says whether it worked. */
  'vault.retry': call(nothing, vaultStatusSchema),
  'vault.unlock': call(byPassphrase, vaultStatusSchema, { audited: true, whileLocked: true }),
  'vault.lock': call(nothing, vaultStatusSchema, { audited: true, whileLocked: true }),
  /** The first choice of a mode, and the way from one to another. */
  'vault.setMode': call(modeChoiceSchema, vaultStatusSchema, { audited: true }),
  'vault.changePassphrase': call(
    z.strictObject({ current: passphraseSchema, next: newPassphraseSchema }),
    vaultStatusSchema,
    { audited: true },
  ),
  /** Adds a passphrase to mode `keychain` (needed for the app lock there), or takes it away again. */
  'vault.addPassphrase': call(z.strictObject({ passphrase: newPassphraseSchema }), vaultStatusSchema, {
    audited: true,
  }),
  'vault.removePassphrase': call(byPassphrase, vaultStatusSchema, { audited: true }),
  'vault.setAppLock': call(appLockSettingsSchema, vaultStatusSchema, { audited: true }),
  'vault.rotate': call(rotationInputSchema, rotationReportSchema, { audited: true }),
  /** For who has lost the key for good: sealed secrets go to a backup, and a new vault begins. */
  'vault.startOver': call(nothing, vaultStatusSchema, { audited: true }),

  'audit.page': call(auditPageInputSchema, auditPageSchema),
  'audit.check': call(nothing, auditCheckSchema),

  'transfer.export': call(exportInputSchema, exportReportSchema, { audited: true }),
  'transfer.open': call(nothing, importPreviewSchema),
  'transfer.unlock': call(importUnlockInputSchema, importPreviewSchema),
  'transfer.apply': call(importApplyInputSchema, importReportSchema, { audited: true }),
  'transfer.discard': call(importIdInputSchema, nothing),

  /** These are answered also when the store could not be opened. */
  'recovery.status': call(nothing, recoveryStatusSchema),
  'recovery.retry': call(nothing, recoveryStatusSchema),
  'recovery.backUp': call(nothing, backupSchema, { audited: true }),
  'recovery.restore': call(backupNameInputSchema, replacedStoreSchema, { audited: true }),
  'recovery.startEmpty': call(nothing, replacedStoreSchema, { audited: true }),

  'schema.describeRelation': call(byRelation, relationDetailSchema),
  'schema.countRows': call(byRelation, rowCountSchema),

  'metrics.history': call(byId, metricsHistorySchema),

  'demo.status': call(nothing, demoStatusSchema),
  /** Creates, starts and seeds as needed, and answers the fields that reach it. Long on first use; see `demo.status`. */
  'demo.prepare': call(nothing, dataSourceFieldsSchema),
  'demo.reset': call(nothing, nothing, { audited: true }),
} as const satisfies Record<string, CallDefinition>;

export type CallName = keyof typeof contract;
export type CallInput<Name extends CallName> = z.infer<(typeof contract)[Name]['input']>;
export type CallOutput<Name extends CallName> = z.infer<(typeof contract)[Name]['output']>;

export const callNames = Object.keys(contract) as CallName[];

/** What is sent on `cancelChannel`. */
export const cancelSchema = z.strictObject({ callId: callIdSchema });
