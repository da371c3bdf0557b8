import type { z } from 'zod';
import { mayHoldPassword } from '../../../shared/connectionText/readText.ts';
import { type DataSourceSummary, draftSchema } from '../../../shared/model/dataSource.ts';
import { poolSettingsSchema, timeoutSettingsSchema } from '../../../shared/model/poolSettings.ts';
import { formatCount } from '../../lib/format.ts';
import { wizardText } from '../../text/wizard.ts';
import { fieldsOf, isShownIn } from './engineFields.ts';
import { engineField, type FieldName, plainFields, plainTextOf } from './fieldNames.ts';
import { draftOfForm, type WizardForm } from './wizardForm.ts';

/** The message for each field that is not right yet. */
export type FormErrors = Partial<Record<FieldName, string>>;

/** Which common field shows the fault of which part of the draft. */
const commonFieldOfPath: Readonly<Record<string, FieldName>> = {
  'fields.name': 'name',
  'fields.pool.min': 'poolMin',
  'fields.pool.max': 'poolMax',
  'fields.pool.idleTimeoutMs': 'idleSeconds',
  'fields.pool.acquireTimeoutMs': 'acquireSeconds',
  'fields.pool.leakWarningMs': 'leakWarningSeconds',
  'fields.pool.leakReclaimMs': 'leakReclaimSeconds',
  'fields.timeouts.connectMs': 'connectSeconds',
  'fields.timeouts.queryMs': 'querySeconds',
  'fields.timeouts.idleInTransactionMs': 'idleInTransactionSeconds',
  'fields.timeouts.slowStatementMs': 'slowSeconds',
};

/** The same for all fields that are shown. */
function fieldOfPath(form: WizardForm): (path: string) => FieldName | undefined {
  const shown = fieldsOf(form.kind).filter((field) => isShownIn(form, field));
  const own = new Map(
    shown.map(({ key, widget, path }) => [
      widget.type === 'secret' || widget.type === 'sign-in'
        ? `secrets.${key}.value`
        : `fields.engine.config.${typeof path === 'string' ? path : path(form.values)}`,
      engineField(key),
    ]),
  );
  return (path) => {
    // A fault in one line of a field is a fault of the field.
    for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
      const field = commonFieldOfPath[at] ?? own.get(at);
      if (field !== undefined) return field;
    }
    return undefined;
  };
}

const { min, max, idleTimeoutMs, acquireTimeoutMs, leakWarningMs, leakReclaimMs } = poolSettingsSchema.shape;
const { connectMs, queryMs, idleInTransactionMs, slowStatementMs } = timeoutSettingsSchema.shape;

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
  slowSeconds: secondsRange(slowStatementMs.unwrap()),
};

function messageOf(field: FieldName, issue: z.core.$ZodIssue, authorities: ReadonlySet<FieldName>): string {
  // Rules of our own have their words in the schema. Of limits it would speak in zod's words and in milliseconds.
  if (issue.code === 'custom') return issue.message;
  if (authorities.has(field)) return wizardText.authority.tooLarge;
  return numberRanges[field] ?? issue.message;
}

const authorityFields = (form: WizardForm): FieldName[] =>
  fieldsOf(form.kind).flatMap(({ key, widget }) => (widget.type === 'authority' ? [engineField(key)] : []));

/** Checks the whole form with the schema that main uses. Empty when it can be tested and saved. */
export function validateForm(form: WizardForm, original: DataSourceSummary | null): FormErrors {
  const errors: FormErrors = {};
  const result = draftSchema.safeParse(draftOfForm(form, original?.dataSource.id ?? null));
  const fieldOf = fieldOfPath(form);
  const authorities = new Set(authorityFields(form));
  for (const issue of result.error?.issues ?? []) {
    const field = fieldOf(issue.path.join('.'));
    if (field !== undefined) errors[field] ??= messageOf(field, issue, authorities);
  }
  for (const field of plainFields(form)) {
    if (mayHoldPassword(plainTextOf(form, field))) errors[field] = wizardText.connectionText.misplaced;
  }
  return errors;
}
