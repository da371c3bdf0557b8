import { isConnectionText, readConnectionText } from '../../../shared/connectionText/readConnectionText.ts';
import type { ConnectionReading } from '../../../shared/connectionText/reading.ts';
import type { DataSourceSummary } from '../../../shared/model/dataSource.ts';
import { secondsText } from '../../lib/format.ts';
import { wizardText } from '../../text/wizard.ts';
import type { NameField } from './connectionText.ts';
import type { WizardForm } from './wizardForm.ts';
import { type WizardState, withForm } from './wizardState.ts';

/** What connection text does to the wizard. */

/** The line as a person typed it. */
export const withConnectionText = (state: WizardState, text: string): WizardState => ({
  ...state,
  connectionText: { ...state.connectionText, text, problem: null },
});

/**
 * A connection text put into the form. The text itself goes: it may hold the password in plain. One that cannot be read
 * stays in the line, with the reason.
 */
export function withTextRead(state: WizardState, text: string): WizardState {
  return withReading(state, text, state.form);
}

/** What was typed into a field: a connection text is taken out of it again and put where it belongs. */
export function withTypedTextRead(state: WizardState, field: NameField): WizardState {
  const text = state.form[field];
  const isUntouched = state.form.demo || text === state.pristine[field];
  if (isUntouched || !isConnectionText(text)) return state;
  return withReading(state, text, { ...state.form, [field]: state.pristine[field] });
}

function withReading(state: WizardState, text: string, form: WizardForm): WizardState {
  const reading = readConnectionText(text);
  const { connectionText } = state;
  if (!reading.ok) {
    return { ...withForm(state, form), connectionText: { ...connectionText, text, problem: reading } };
  }
  const suggestedName = nameFor(reading);
  const isSuggested = form.name.trim() === '' || form.name === connectionText.suggestedName;
  const after = {
    ...formOfReading(form, reading, state.original),
    name: isSuggested ? suggestedName : form.name,
  };
  return {
    ...withForm(state, after),
    connectionText: {
      text: '',
      problem: null,
      filled: {
        form: reading.form,
        remarks: remarksOf(reading),
        before: { form: state.form, field: connectionText },
        after,
      },
      suggestedName,
    },
    // What the text left open is said at once.
    touched: new Set([...state.touched, 'host', 'port', 'database', 'user', 'caPem'] as const),
  };
}

/** Whether nothing has changed since the last text was filled in, so that undoing means this. */
export const isJustFilled = ({ form, connectionText: { filled, text } }: WizardState): boolean =>
  filled !== null && form === filled.after && text === '';

/** The form as it was before the last text, but for what a person has changed since then. */
export function withFillUndone(state: WizardState): WizardState {
  const { filled } = state.connectionText;
  if (filled === null) return state;
  const after = new Map(Object.entries(filled.after));
  const changedSince = Object.entries(state.form).filter(([field, value]) => after.get(field) !== value);
  const form = { ...filled.before.form, ...Object.fromEntries(changedSince) };
  return { ...withForm(state, form), connectionText: filled.before.field };
}

/** Names of data sources are no longer. */
const maxNameLength = 128;

function nameFor({ fields: { database, host } }: ConnectionReading): string {
  const letters = [...wizardText.suggestedName(database, host)];
  return letters.length <= maxNameLength
    ? letters.join('')
    : `${letters.slice(0, maxNameLength - 1).join('')}…`;
}

/** One line for each thing to know, and one for each reason to leave something out. */
function remarksOf({ leftOut, notes }: ConnectionReading): string[] {
  const reasons = new Set(leftOut.map(({ reason }) => reason));
  const namesFor = (reason: string) => leftOut.filter((one) => one.reason === reason).map(({ name }) => name);
  return [
    ...new Set(notes),
    ...[...reasons].map((reason) => wizardText.connectionText.leftOut(namesFor(reason), reason)),
  ];
}

/**
 * The text stands for the whole connection: nothing of an earlier address stays, least of all its password. Limits and
 * read-only change only where the text names them.
 */
function formOfReading(
  form: WizardForm,
  { fields, password, taken }: ConnectionReading,
  original: DataSourceSummary | null,
): WizardForm {
  const { host, port, database, user, tls, readOnly } = fields;
  const address = { host, port: String(port), database, user };
  return {
    ...form,
    ...address,
    password: password ?? '',
    storedPassword: storedPasswordAt(address, form, original),
    tlsMode: tls.mode,
    tlsModeChosen: taken.has('tls'),
    caPem: '',
    readOnly: form.readOnly || readOnly,
    ...limitsOf(form, fields),
  };
}

/** A stored password belongs to the address that it was saved for, and does not move to another one by itself. */
function storedPasswordAt(
  address: Pick<WizardForm, 'host' | 'port' | 'database' | 'user'>,
  { storedPassword }: WizardForm,
  original: DataSourceSummary | null,
): WizardForm['storedPassword'] {
  if (original === null || storedPassword === 'none') return storedPassword;
  const { host, port, database, user } = original.dataSource;
  const isSame =
    address.host === host &&
    address.port === String(port) &&
    address.database === database &&
    address.user === user;
  return isSame ? storedPassword : 'drop';
}

function limitsOf(form: WizardForm, { timeouts, pool }: ConnectionReading['fields']): Partial<WizardForm> {
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
