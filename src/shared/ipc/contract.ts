import { z } from 'zod';
import { appInfoSchema, preferencesSchema } from '../model/appInfo.ts';
import { dataSourceFieldsSchema, dataSourceSummarySchema, draftSchema } from '../model/dataSource.ts';
import { demoStatusSchema } from '../model/demoStatus.ts';
import { callIdSchema, dataSourceIdSchema } from '../model/ids.ts';
import { metricsHistorySchema } from '../model/metrics.ts';
import {
  relationDetailSchema,
  relationRefSchema,
  relationSummarySchema,
  rowCountSchema,
  schemaSummarySchema,
} from '../model/schemaTree.ts';
import { sourceStateSchema } from '../model/sourceState.ts';
import { serverInfoSchema, testReportSchema } from '../model/testReport.ts';

/** One call of the renderer to main. */
export interface CallDefinition {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** Whether the call changes what is kept or touches secrets, and so leaves a line in the audit trail. */
  readonly audited: boolean;
  /** Largest accepted input, in bytes of its JSON text. */
  readonly maxBytes: number;
}

/** Nothing a person does by hand is larger: a draft with a certificate is the largest honest input. */
const defaultMaxBytes = 256 * 1024;

const call = <Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
  options: { audited?: boolean; maxBytes?: number } = {},
) => ({
  input,
  output,
  audited: options.audited ?? false,
  maxBytes: options.maxBytes ?? defaultMaxBytes,
});

const nothing = z.null();
const byId = z.strictObject({ id: dataSourceIdSchema });
const byRelation = z.strictObject({ id: dataSourceIdSchema, relation: relationRefSchema });
const maxRelations = 100_000;

/**
 * Every call there is: `topic.verb`. Preload and router derive from this object, so that a call is added here
 * and in its handler, nowhere else. `cancel` is not listed: it is part of the transport.
 */
export const contract = {
  'app.info': call(nothing, appInfoSchema),
  'app.getPreferences': call(nothing, preferencesSchema),
  'app.setPreferences': call(preferencesSchema, preferencesSchema),
  /** Puts text on the clipboard: the page itself has no clipboard permission. */
  'app.copyText': call(z.strictObject({ text: z.string().max(100_000) }), nothing),
  'app.showLogFolder': call(nothing, nothing),

  'dataSources.list': call(nothing, z.array(dataSourceSummarySchema)),
  'dataSources.states': call(nothing, z.record(dataSourceIdSchema, sourceStateSchema)),
  'dataSources.save': call(draftSchema, dataSourceSummarySchema, { audited: true }),
  'dataSources.duplicate': call(byId, dataSourceSummarySchema, { audited: true }),
  /** Takes it out of the list; `restore` brings it back with its password until the app ends. */
  'dataSources.remove': call(byId, nothing, { audited: true }),
  'dataSources.restore': call(byId, dataSourceSummarySchema, { audited: true }),
  'dataSources.test': call(draftSchema, testReportSchema),
  'dataSources.connect': call(byId, nothing),
  'dataSources.disconnect': call(byId, nothing),
  'dataSources.serverInfo': call(byId, serverInfoSchema),

  'schema.listSchemas': call(byId, z.array(schemaSummarySchema)),
  'schema.listRelations': call(
    z.strictObject({ id: dataSourceIdSchema, schema: z.string().min(1).max(63) }),
    z.array(relationSummarySchema).max(maxRelations),
  ),
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

/** Channel that cancels one running call of the same window by its id. */
export const cancelChannel = 'mooring.cancel';
export const cancelSchema = z.strictObject({ callId: callIdSchema });

export const channelOf = (name: CallName): string => `mooring.call.${name}`;
