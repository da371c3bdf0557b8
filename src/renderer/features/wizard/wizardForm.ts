import type {
  DataSourceColor,
  DataSourceFields,
  DataSourceSummary,
  Draft,
  EnvironmentTag,
  PasswordInput,
} from '../../../shared/model/dataSource.ts';
import { isSameEndpoint } from '../../../shared/model/endpoint.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import {
  defaultPoolSettings,
  defaultTimeoutSettings,
  type PoolSettings,
  type TimeoutSettings,
} from '../../../shared/model/poolSettings.ts';
import { type TlsMode, tlsModeSchema } from '../../../shared/model/tls.ts';
import { tlsModeForHost } from '../../../shared/model/tlsDefault.ts';
import { trimmedText } from '../../../shared/model/visibleText.ts';
import { secondsText } from '../../lib/format.ts';

/** What the wizard's fields hold, as typed: numbers are text until they are checked. */
export interface WizardForm {
  readonly name: string;
  readonly host: string;
  readonly port: string;
  readonly database: string;
  readonly user: string;
  /** Typed just now. A stored password is never in here: it never comes to the window. */
  readonly password: string;
  /** What happens to the password in the vault when none is typed. */
  readonly storedPassword: 'none' | 'keep' | 'drop';
  readonly tlsMode: TlsMode;
  /** Whether a person chose the mode; until then it follows the host. */
  readonly tlsModeChosen: boolean;
  readonly caPem: string;
  readonly color: DataSourceColor;
  readonly environment: EnvironmentTag;
  readonly readOnly: boolean;
  readonly demo: boolean;
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
}

export type FormField = keyof WizardForm;

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
});

/** The form of a new data source. */
export const emptyForm: WizardForm = {
  name: '',
  host: 'localhost',
  port: '5432',
  database: '',
  user: '',
  password: '',
  storedPassword: 'none',
  tlsMode: tlsModeForHost('localhost'),
  tlsModeChosen: false,
  caPem: '',
  color: 'blue',
  environment: 'none',
  readOnly: false,
  demo: false,
  ...formOfPool(defaultPoolSettings),
  ...formOfTimeouts(defaultTimeoutSettings),
};

/** The form that shows these fields, with no password typed. */
export function formOfFields(fields: DataSourceFields, passwordStored: boolean): WizardForm {
  return {
    name: fields.name,
    host: fields.host,
    port: String(fields.port),
    database: fields.database,
    user: fields.user,
    password: '',
    storedPassword: passwordStored && !fields.demo ? 'keep' : 'none',
    tlsMode: fields.tls.mode,
    tlsModeChosen: true,
    caPem: fields.tls.caPem ?? '',
    color: fields.color,
    environment: fields.environment,
    readOnly: fields.readOnly,
    demo: fields.demo,
    ...formOfPool(fields.pool),
    ...formOfTimeouts(fields.timeouts),
  };
}

/** The form with one field changed, and what follows from the change. */
export function withField<Field extends FormField>(
  form: WizardForm,
  field: Field,
  value: WizardForm[Field],
): WizardForm {
  const next: WizardForm = { ...form, [field]: value };
  if (field === 'tlsMode') return { ...next, tlsModeChosen: true };
  if (field === 'host' && !form.tlsModeChosen) return { ...next, tlsMode: tlsModeForHost(next.host) };
  return next;
}

/** Text as a number, NaN when it is none; the schema then says what is wrong with it. */
const numberOf = (text: string): number => (/^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN);
const millisecondsOf = (seconds: string): number => Math.round(numberOf(seconds) * 1000);

/** The certificate authority counts only where a certificate is checked. */
export const usesAuthority = (mode: TlsMode): boolean =>
  mode === tlsModeSchema.enum['verify-ca'] || mode === tlsModeSchema.enum['verify-full'];

function passwordOf(form: WizardForm): PasswordInput {
  if (form.demo) return { type: 'none' };
  if (form.password !== '') return { type: 'typed', value: form.password };
  return form.storedPassword === 'keep' ? { type: 'stored' } : { type: 'none' };
}

const poolOf = (form: WizardForm): PoolSettings => ({
  min: numberOf(form.poolMin),
  max: numberOf(form.poolMax),
  idleTimeoutMs: millisecondsOf(form.idleSeconds),
  acquireTimeoutMs: millisecondsOf(form.acquireSeconds),
  leakWarningMs: millisecondsOf(form.leakWarningSeconds),
  leakReclaimMs: form.leakReclaimSeconds.trim() === '' ? null : millisecondsOf(form.leakReclaimSeconds),
});

const timeoutsOf = (form: WizardForm): TimeoutSettings => ({
  connectMs: millisecondsOf(form.connectSeconds),
  queryMs: millisecondsOf(form.querySeconds),
  idleInTransactionMs: millisecondsOf(form.idleInTransactionSeconds),
});

/** What the form would send to main: names without blanks and invisible characters at their ends. Not checked yet: numbers may be NaN. */
export function draftOfForm(form: WizardForm, id: DataSourceId | null): Draft {
  return {
    id,
    fields: {
      kind: 'postgres',
      name: trimmedText(form.name),
      host: trimmedText(form.host),
      port: numberOf(form.port),
      database: trimmedText(form.database),
      user: trimmedText(form.user),
      tls: {
        mode: form.tlsMode,
        caPem: usesAuthority(form.tlsMode) && form.caPem.trim() !== '' ? form.caPem : null,
      },
      pool: poolOf(form),
      timeouts: timeoutsOf(form),
      color: form.color,
      environment: form.environment,
      readOnly: form.readOnly,
      demo: form.demo,
    },
    password: passwordOf(form),
  };
}

/**
 * Whether the stored password would go to another endpoint than the one it was saved for: main asks the person first, and
 * refuses with `PASSWORD_REQUIRED` when that is not allowed.
 */
export function movesStoredPassword(form: WizardForm, original: DataSourceSummary | null): boolean {
  if (original === null || passwordOf(form).type !== 'stored') return false;
  return !isSameEndpoint(draftOfForm(form, null).fields, original.dataSource);
}
