import type { ConnectionReading } from '../../../shared/connectionText/reading.ts';
import { isMisplacedText, readConnectionText } from '../../../shared/engines/codecs.ts';
import { endpointOf, engineOf, settingsOfForm } from '../../../shared/engines/engines.ts';
import type { EngineKind, EngineSettings } from '../../../shared/engines/settings.ts';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { ConnectionProfile } from '../../../shared/model/connectionProfile.ts';
import type { DataSourceSummary } from '../../../shared/model/dataSource.ts';
import { secondsText } from '../../lib/format.ts';
import { engineText } from '../../text/engines/index.ts';
import { wizardText } from '../../text/wizard.ts';
import { fieldsOf, withSuggestions } from './engineFields.ts';
import { engineFieldNames, type PlainField, plainTextOf, withPlainTextOf } from './fieldNames.ts';
import { type CommonForm, emptyForm, secretOf, type WizardForm } from './wizardForm.ts';
import { type WizardState, withForm } from './wizardState.ts';

/** What connection text does to the wizard. */

type Reading = ConnectionReading<EngineKind>;

/** The line as a person typed it. */
export const withConnectionText = (state: WizardState, text: string): WizardState => ({
  ...state,
  connectionText: { ...state.connectionText, text, problem: null },
});

/**
 * A connection text put into the form. The text itself goes: it may hold the password in plain. One that cannot be read
 * stays in the line, with the reason.
 * @param profile what the text refers to by a name
 */
export function withTextRead(state: WizardState, text: string, profile?: ConnectionProfile): WizardState {
  return withReading(state, text, state.form, profile);
}

/** What a text refers to by a name could not be read: it stays in the line. */
export const withProfileMissing = (state: WizardState, text: string, error: ErrorDto): WizardState => ({
  ...state,
  connectionText: { ...state.connectionText, text, problem: wizardText.connectionText.noProfile(error) },
});

/** What was typed into a field: a connection text is taken out of it again and put where it belongs. */
export function withTypedTextRead(state: WizardState, field: PlainField): WizardState {
  const { form, pristine } = state;
  const text = plainTextOf(form, field);
  const isUntouched = form.origin === 'demo' || text === plainTextOf(pristine, field);
  if (isUntouched || !isMisplacedText(text)) return state;
  return withReading(state, text, withPlainTextOf(form, field, pristine));
}

function withReading(
  state: WizardState,
  text: string,
  form: WizardForm,
  profile?: ConnectionProfile,
): WizardState {
  const reading = readConnectionText(text, profile?.settings);
  const { connectionText } = state;
  const problem = reading.ok ? otherKindProblem(reading, state.original) : reading;
  if (!reading.ok || problem !== null) {
    return { ...withForm(state, form), connectionText: { ...connectionText, text, problem } };
  }
  const read = formOfReading(form, reading, state.original);
  const suggestedName = nameFor(read);
  const isSuggested = form.name.trim() === '' || form.name === connectionText.suggestedName;
  const after = { ...read, name: isSuggested ? suggestedName : form.name };
  return {
    ...withForm(state, after),
    connectionText: {
      text: '',
      problem: null,
      filled: {
        form: reading.form,
        remarks: [
          ...(profile === undefined ? [] : wizardText.connectionText.fromProfile(profile)),
          ...remarksOf(reading),
        ],
        before: { form: state.form, field: connectionText },
        after,
      },
      suggestedName,
    },
    // What the text left open is said at once.
    touched: new Set([...state.touched, ...engineFieldNames(after)]),
  };
}

/** A saved data source stays with its engine. */
function otherKindProblem({ kind }: Reading, original: DataSourceSummary | null) {
  if (original === null || original.dataSource.engine.kind === kind) return null;
  return wizardText.connectionText.otherEngine(
    engineOf(kind).label,
    engineOf(original.dataSource.engine.kind).label,
  );
}

/** Whether nothing has changed since the last text was filled in, so that undoing means this. */
export const isJustFilled = ({ form, connectionText: { filled, text } }: WizardState): boolean =>
  filled !== null && form === filled.after && text === '';

/** The form as it was before the last text, but for what a person has changed since then. */
export function withFillUndone(state: WizardState): WizardState {
  const { filled } = state.connectionText;
  if (filled === null) return state;
  const form = withChangesSince(filled.before.form, filled.after, state.form);
  return { ...withForm(state, form), connectionText: filled.before.field };
}

type Entries = Readonly<Record<string, unknown>>;

const changesBetween = (after: Entries, now: Entries): [string, unknown][] =>
  Object.entries(now).filter(([key, value]) => value !== after[key]);

/** `before`, with what differs between `after` and `now`. */
function withChangesSince(before: WizardForm, after: WizardForm, now: WizardForm): WizardForm {
  const { kind, origin: _origin, values: nowValues, chosen, secrets: nowSecrets, ...common } = now;
  const changed = Object.fromEntries(changesBetween({ ...after }, common));
  // Another engine was chosen since: its fields are not those that the text filled in.
  if (kind !== after.kind) {
    return { ...before, ...changed, kind, values: nowValues, chosen, secrets: nowSecrets };
  }
  const isIn = (fields: Entries) => (entry: readonly [string, unknown]) => Object.hasOwn(fields, entry[0]);
  const values = changesBetween(after.values, nowValues)
    .filter(isIn(before.values))
    .filter(([key]) => before.kind === kind || !isChoice(before.kind, key));
  const secrets = changesBetween(after.secrets, nowSecrets).filter(isIn(before.secrets));
  return {
    ...before,
    ...changed,
    values: { ...before.values, ...(Object.fromEntries(values) as WizardForm['values']) },
    chosen: new Set([...before.chosen, ...values.map(([key]) => key)]),
    secrets: { ...before.secrets, ...(Object.fromEntries(secrets) as WizardForm['secrets']) },
  };
}

/** What was chosen in the form of one engine is no choice in that of another, whatever it is called. */
const isChoice = (kind: EngineKind, key: string): boolean =>
  fieldsOf(kind).some((field) => field.key === key && field.widget.type === 'choice');

/** Names of data sources are no longer. */
const maxNameLength = 128;

function nameFor({ kind, values }: WizardForm): string {
  const letters = [...engineText(kind).suggestedName(values)];
  return letters.length <= maxNameLength
    ? letters.join('')
    : `${letters.slice(0, maxNameLength - 1).join('')}…`;
}

/** One line for each thing to know, and one for each reason to leave something out. */
function remarksOf({ leftOut, notes }: Reading): string[] {
  const reasons = new Set(leftOut.map(({ reason }) => reason));
  const namesFor = (reason: string) => leftOut.filter((one) => one.reason === reason).map(({ name }) => name);
  return [
    ...new Set(notes),
    ...[...reasons].map((reason) => wizardText.connectionText.leftOut(namesFor(reason), reason)),
  ];
}

/**
 * The text stands for the whole connection, and for the engine: nothing of an earlier address stays, least of all its
 * secrets. Limits and read-only change only where the text names them.
 */
function formOfReading(form: WizardForm, reading: Reading, original: DataSourceSummary | null): WizardForm {
  const { kind, taken } = reading;
  const fresh = emptyForm(kind);
  const chosen = new Set(Object.keys(fresh.values).filter((key) => taken.has(key)));
  const values = withSuggestions(kind, { ...fresh.values, ...reading.values }, chosen);
  const isSame = original !== null && isSameAddress(settingsOfForm(kind, values), original.dataSource.engine);
  const secrets = Object.keys(fresh.secrets).map((field) => {
    const { stored } = secretOf(form, field);
    // A stored secret belongs to the address that it was saved for, and does not move to another one by itself.
    const isDropped = original !== null && stored !== 'none' && !isSame;
    return [field, { typed: reading.secrets[field] ?? '', stored: isDropped ? 'drop' : stored }] as const;
  });
  return {
    ...form,
    kind,
    values,
    chosen,
    secrets: Object.fromEntries(secrets),
    readOnly: form.readOnly || reading.readOnly,
    ...limitsOf(form, reading),
  };
}

/** Whether both lead to the same place under the same names, whatever protects the way. */
function isSameAddress(left: EngineSettings, right: EngineSettings): boolean {
  const addressOf = (settings: EngineSettings) => {
    const { place, names } = endpointOf(settings);
    return JSON.stringify([settings.kind, place, names]);
  };
  return addressOf(left) === addressOf(right);
}

function limitsOf(form: CommonForm, { timeouts, pool }: Reading): Partial<CommonForm> {
  const seconds = (limit: number | undefined, before: string) =>
    limit === undefined ? before : secondsText(limit);
  const poolMax = pool.max === undefined ? form.poolMax : String(pool.max);
  // A smaller maximum takes the minimum along, unless the text has one of its own.
  const least = Number(poolMax) < Number(form.poolMin) ? poolMax : form.poolMin;
  return {
    connectSeconds: seconds(timeouts.connectMs, form.connectSeconds),
    querySeconds: seconds(timeouts.queryMs, form.querySeconds),
    idleInTransactionSeconds: seconds(timeouts.idleInTransactionMs, form.idleInTransactionSeconds),
    idleSeconds: seconds(pool.idleTimeoutMs, form.idleSeconds),
    acquireSeconds: seconds(pool.acquireTimeoutMs, form.acquireSeconds),
    poolMin: pool.min === undefined ? least : String(pool.min),
    poolMax,
  };
}
