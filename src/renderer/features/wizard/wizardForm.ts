import {
  engineOf,
  formValuesOf,
  resourcesOf,
  settingsOfForm,
  withResources,
} from '../../../shared/engines/engines.ts';
import { type FormValues, numberOf } from '../../../shared/engines/form.ts';
import type { EngineKind } from '../../../shared/engines/settings.ts';
import type {
  DataSourceColor,
  DataSourceFields,
  DataSourceSummary,
  Draft,
  EnvironmentTag,
  SecretInput,
} from '../../../shared/model/dataSource.ts';
import { isSameEndpoint } from '../../../shared/model/endpoint.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import {
  defaultPoolSettings,
  defaultTimeoutSettings,
  type PoolSettings,
  type TimeoutSettings,
} from '../../../shared/model/poolSettings.ts';
import type { Resource } from '../../../shared/model/resources.ts';
import { trimmedText } from '../../../shared/model/visibleText.ts';
import { secondsText } from '../../lib/format.ts';
import { fieldsOf, isShownIn, withSuggestions } from './engineFields.ts';

/** The fields that every data source has, as typed: numbers are text until they are checked. */
export interface CommonForm {
  readonly name: string;
  readonly color: DataSourceColor;
  readonly environment: EnvironmentTag;
  readonly readOnly: boolean;
  readonly poolMin: string;
  readonly poolMax: string;
  readonly idleSeconds: string;
  readonly acquireSeconds: string;
  readonly leakWarningSeconds: string;
  /** Empty: a leaked connection is never taken back. */
  readonly leakReclaimSeconds: string;
  readonly connectSeconds: string;
  readonly querySeconds: string;
  readonly idleInTransactionSeconds: string;
  readonly slowSeconds: string;
}

/** A secret field of the engine. */
export interface SecretForm {
  /** Typed just now. A stored one is never in here: it never comes to the window. */
  readonly typed: string;
  /** What happens to the one in the vault when none is typed. */
  readonly stored: 'none' | 'keep' | 'drop';
  /** Given by a server when the person signed in there just now; main holds it. */
  readonly obtained?: ObtainedSecret | null;
}

export interface ObtainedSecret {
  readonly id: string;
  /** Epoch milliseconds; null when the server does not say. */
  readonly expiresAt: number | null;
}

/** What the wizard's fields hold. */
export interface WizardForm extends CommonForm {
  readonly kind: EngineKind;
  readonly origin: DataSourceFields['origin'];
  /** The fields of the engine's form, by key. */
  readonly values: FormValues;
  /** Keys of those that a person, or a connection text, has set; the others follow the engine's suggestions. */
  readonly chosen: ReadonlySet<string>;
  /** By secret field of the engine. */
  readonly secrets: Readonly<Record<string, SecretForm>>;
}

const formOfPool = (pool: PoolSettings) => ({
  poolMin: String(pool.min),
  poolMax: String(pool.max),
  idleSeconds: secondsText(pool.idleTimeoutMs),
  acquireSeconds: secondsText(pool.acquireTimeoutMs),
  leakWarningSeconds: secondsText(pool.leakWarningMs),
  leakReclaimSeconds: pool.leakReclaimMs === null ? '' : secondsText(pool.leakReclaimMs),
});

const formOfTimeouts = (timeouts: TimeoutSettings) => ({
  connectSeconds: secondsText(timeouts.connectMs),
  querySeconds: secondsText(timeouts.queryMs),
  idleInTransactionSeconds: secondsText(timeouts.idleInTransactionMs),
  slowSeconds: secondsText(timeouts.slowStatementMs),
});

/** The form of a new data source. */
export function emptyForm(kind: EngineKind): WizardForm {
  return {
    kind,
    origin: 'personal',
    values: newValuesOf(kind),
    chosen: new Set(),
    secrets: secretsOfKind(kind, () => 'none'),
    name: '',
    color: 'blue',
    environment: 'none',
    readOnly: false,
    ...formOfPool(defaultPoolSettings),
    ...formOfTimeouts(defaultTimeoutSettings),
  };
}

/** What the engine's fields hold to begin with. */
export const newValuesOf = (kind: EngineKind): FormValues => engineOf(kind).form.valuesOf(null);

const secretsOfKind = (kind: EngineKind, fateOf: (field: string) => SecretForm['stored']) =>
  Object.fromEntries(
    engineOf(kind).secretFields.map((field) => [field, { typed: '', stored: fateOf(field) }] as const),
  );

/**
 * The form that shows these fields, with no secret typed.
 * @param stored the secret fields of which the vault holds one
 */
export function formOfFields(
  fields: DataSourceFields,
  stored: Readonly<Record<string, unknown>> = {},
): WizardForm {
  const { engine, origin, name, color, environment, readOnly } = fields;
  const values = formValuesOf(engine);
  const isKept = (field: string) => origin !== 'demo' && Object.hasOwn(stored, field);
  return {
    kind: engine.kind,
    origin,
    values,
    chosen: new Set(Object.keys(values)),
    secrets: secretsOfKind(engine.kind, (field) => (isKept(field) ? 'keep' : 'none')),
    name,
    color,
    environment,
    readOnly,
    ...formOfPool(fields.pool),
    ...formOfTimeouts(fields.timeouts),
  };
}

/** The form with a field of the engine's set, and what follows from it. */
export function withValue(form: WizardForm, key: string, text: string): WizardForm {
  const chosen = new Set(form.chosen).add(key);
  return { ...form, chosen, values: withSuggestions(form.kind, { ...form.values, [key]: text }, chosen) };
}

export const secretOf = (form: WizardForm, field: string): SecretForm =>
  form.secrets[field] ?? { typed: '', stored: 'none' };

export const withSecret = (form: WizardForm, field: string, change: Partial<SecretForm>): WizardForm => ({
  ...form,
  secrets: { ...form.secrets, [field]: { ...secretOf(form, field), ...change } },
});

/** The form for another engine; what a person has typed stays where the other has a field of the same key. */
export function withKind(form: WizardForm, kind: EngineKind): WizardForm {
  if (form.kind === kind) return form;
  const before = newValuesOf(form.kind);
  const next = newValuesOf(kind);
  const typed = Object.entries(form.values).filter(
    ([key, text]) => key in next && form.chosen.has(key) && text !== before[key],
  );
  const chosen = new Set(typed.map(([key]) => key));
  const secrets = Object.keys(secretsOfKind(kind, () => 'none'));
  return {
    ...form,
    kind,
    chosen,
    values: withSuggestions(kind, { ...next, ...Object.fromEntries(typed) }, chosen),
    secrets: Object.fromEntries(secrets.map((field) => [field, secretOf(form, field)])),
  };
}

const millisecondsOf = (seconds: string): number => Math.round(numberOf(seconds) * 1000);

const poolOf = (form: WizardForm): PoolSettings => ({
  // Without a pool nothing is kept open; the maximum is what may be done at once.
  min: engineOf(form.kind).capabilities.pool ? numberOf(form.poolMin) : 0,
  max: numberOf(form.poolMax),
  idleTimeoutMs: millisecondsOf(form.idleSeconds),
  acquireTimeoutMs: millisecondsOf(form.acquireSeconds),
  leakWarningMs: millisecondsOf(form.leakWarningSeconds),
  leakReclaimMs: form.leakReclaimSeconds.trim() === '' ? null : millisecondsOf(form.leakReclaimSeconds),
});

const timeoutsOf = (form: CommonForm): TimeoutSettings => ({
  connectMs: millisecondsOf(form.connectSeconds),
  queryMs: millisecondsOf(form.querySeconds),
  idleInTransactionMs: millisecondsOf(form.idleInTransactionSeconds),
  slowStatementMs: millisecondsOf(form.slowSeconds),
});

/** Those that are typed, or to be kept. The demo's are the app's own. */
function secretsOf(form: WizardForm): Draft['secrets'] {
  if (form.origin === 'demo') return {};
  const hidden = new Set(fieldsOf(form.kind).flatMap((field) => (isShownIn(form, field) ? [] : [field.key])));
  const wanted = Object.entries(form.secrets).filter(
    ([field, secret]) =>
      !hidden.has(field) && (secret.typed !== '' || isObtained(secret) || secret.stored === 'keep'),
  );
  return Object.fromEntries(wanted.map(([field, secret]) => [field, inputOf(secret)]));
}

const isObtained = ({ obtained }: SecretForm): boolean => obtained !== undefined && obtained !== null;

function inputOf({ typed, obtained }: SecretForm): SecretInput {
  if (typed !== '') return { type: 'typed', value: typed };
  return obtained === undefined || obtained === null
    ? { type: 'stored' }
    : { type: 'obtained', id: obtained.id };
}

/** What the form says that there is to read; null for an engine that knows by itself. */
export const resourcesOfForm = (form: WizardForm): readonly Resource[] | null =>
  resourcesOf(settingsOfForm(form.kind, form.values));

/** The form with other resources. What else is typed stays as it is, also where it is not right yet. */
export function withResourcesOf(form: WizardForm, resources: readonly Resource[]): WizardForm {
  const settings = settingsOfForm(form.kind, form.values);
  const before = formValuesOf(settings);
  const after = formValuesOf(withResources(settings, resources));
  const changed = Object.keys(after).filter((key) => after[key] !== before[key]);
  return changed.reduce((next, key) => withValue(next, key, after[key] ?? ''), form);
}

/** What the form would send to main: names without blanks and invisible characters at their ends. Not checked yet: numbers may be NaN. */
export function draftOfForm(form: WizardForm, id: DataSourceId | null): Draft {
  return {
    id,
    fields: {
      name: trimmedText(form.name),
      engine: settingsOfForm(form.kind, form.values),
      origin: form.origin,
      pool: poolOf(form),
      timeouts: timeoutsOf(form),
      color: form.color,
      environment: form.environment,
      readOnly: form.readOnly,
    },
    secrets: secretsOf(form),
  };
}

/**
 * Whether a stored secret would go to another endpoint than the one it was saved for: main asks the person first, and
 * refuses with `PASSWORD_REQUIRED` when that is not allowed.
 */
export function movesStoredSecret(form: WizardForm, original: DataSourceSummary | null): boolean {
  const { fields, secrets } = draftOfForm(form, null);
  if (original === null || !Object.values(secrets).some(({ type }) => type === 'stored')) return false;
  return !isSameEndpoint(fields, original.dataSource);
}
