import type { z } from 'zod';
import { mayHoldPassword } from '../../../shared/connectionText/readConnectionText.ts';
import { type DataSourceSummary, draftSchema } from '../../../shared/model/dataSource.ts';
import { poolSettingsSchema, timeoutSettingsSchema } from '../../../shared/model/poolSettings.ts';
import { formatCount } from '../../lib/format.ts';
import { wizardText } from '../../text/wizard.ts';
import { nameFields } from './connectionText.ts';
import { draftOfForm, type FormField, type WizardForm } from './wizardForm.ts';

/** The message for each field that is not right yet. */
export type FormErrors = Partial<Record<FormField, string>>;

/** Which field of the form shows the fault of which part of the draft. */
const fieldOfPath: Readonly<Record<string, FormField>> = {
  'fields.name': 'name',
  'fields.host': 'host',
  'fields.port': 'port',
  'fields.database': 'database',
  'fields.user': 'user',
  'fields.tls.mode': 'tlsMode',
  'fields.tls.caPem': 'caPem',
  'fields.pool.min': 'poolMin',
  'fields.pool.max': 'poolMax',
  'fields.pool.idleTimeoutMs': 'idleSeconds',
  'fields.pool.acquireTimeoutMs': 'acquireSeconds',
  'fields.pool.leakWarningMs': 'leakWarningSeconds',
  'fields.pool.leakReclaimMs': 'leakReclaimSeconds',
  'fields.timeouts.connectMs': 'connectSeconds',
  'fields.timeouts.queryMs': 'querySeconds',
  'fields.timeouts.idleInTransactionMs': 'idleInTransactionSeconds',
  'password.value': 'password',
};

const { min, max, idleTimeoutMs, acquireTimeoutMs, leakWarningMs, leakReclaimMs } = poolSettingsSchema.shape;
const { connectMs, queryMs, idleInTransactionMs } = timeoutSettingsSchema.shape;

function limitText(limit: number | null, unit: number): string {
  const value = (limit ?? 0) / unit;
  return Number.isInteger(value) ? formatCount(value) : String(value);
}

const countRange = ({ minValue, maxValue }: z.ZodNumber): string =>
  wizardText.countRange(limitText(minValue, 1), limitText(maxValue, 1));

const secondsRange = ({ minValue, maxValue }: z.ZodNumber): string =>
  wizardText.secondsRange(limitText(minValue, 1000), limitText(maxValue, 1000));

/** What a number field wants, in the words and units of the form; the limits are the schema's own. */
const numberRanges: FormErrors = {
  poolMin: countRange(min),
  poolMax: countRange(max),
  idleSeconds: secondsRange(idleTimeoutMs),
  acquireSeconds: secondsRange(acquireTimeoutMs),
  leakWarningSeconds: secondsRange(leakWarningMs.unwrap()),
  leakReclaimSeconds: wizardText.orNever(secondsRange(leakReclaimMs.unwrap().unwrap())),
  connectSeconds: secondsRange(connectMs),
  querySeconds: secondsRange(queryMs),
  idleInTransactionSeconds: secondsRange(idleInTransactionMs.unwrap()),
};

function messageOf(field: FormField, issue: z.core.$ZodIssue): string {
  // Rules of our own have their words in the schema. Of limits it would speak in zod's words and in milliseconds.
  if (issue.code === 'custom') return issue.message;
  if (field === 'caPem') return wizardText.authorityTooLarge;
  return numberRanges[field] ?? issue.message;
}

/** Checks the whole form with the schema that main uses. Empty when it can be tested and saved. */
export function validateForm(form: WizardForm, original: DataSourceSummary | null): FormErrors {
  const errors: FormErrors = {};
  const result = draftSchema.safeParse(draftOfForm(form, original?.dataSource.id ?? null));
  for (const issue of result.error?.issues ?? []) {
    const field = fieldOfPath[issue.path.join('.')];
    if (field !== undefined) errors[field] ??= messageOf(field, issue);
  }
  for (const field of nameFields) {
    if (mayHoldPassword(form[field])) errors[field] = wizardText.connectionText.misplaced;
  }
  return errors;
}
