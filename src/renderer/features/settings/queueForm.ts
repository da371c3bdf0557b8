import {
  type ConfigureQueueInput,
  type PasswordChoice,
  postgresPlaceSchema,
  type QueuePlace,
  type QueueSettings,
  type QueueStatus,
  queuePlaceSchema,
  redisPlaceSchema,
  samePlace,
} from '../../../shared/model/queueSettings.ts';

/** The settings of the queue while they are edited; texts as they are typed. */
export interface QueueForm {
  readonly type: QueuePlace['type'];
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly database: string;
  readonly isVerified: boolean;
  readonly caPem: string;
  /** Typed; empty: the one that is kept. */
  readonly password: string;
  readonly dropsPassword: boolean;
  readonly executesHere: boolean;
}

type Field = 'host' | 'port' | 'user' | 'database' | 'caPem';

const usual = {
  local: { port: '', database: '' },
  redis: { port: '6379', database: '0' },
  postgres: { port: '5432', database: '' },
} as const;

const blank: QueueForm = {
  ...{ type: 'local', host: '', user: '', ...usual.local, isVerified: true, caPem: '' },
  ...{ password: '', dropsPassword: false, executesHere: true },
};

export function formOf({ place, executesHere }: QueueSettings): QueueForm {
  if (place.type === 'local') return { ...blank, executesHere };
  const { type, host, port, user, database, tls } = place;
  return {
    ...{ ...blank, executesHere, type, host, port: String(port), user: user ?? '' },
    ...{ database: String(database), isVerified: tls.mode === 'verified' },
    caPem: tls.mode === 'verified' ? (tls.caPem ?? '') : '',
  };
}

/** The form for another kind of place, with what fits both. */
export function withType(form: QueueForm, type: QueuePlace['type']): QueueForm {
  return { ...form, type, ...usual[type], executesHere: type === 'local' ? true : form.executesHere };
}

/** The place as far as it can be read; null when a field is wrong. */
export function placeIn(form: QueueForm): QueuePlace | null {
  return queuePlaceSchema.safeParse(typed(form)).data ?? null;
}

/** The fields that are wrong. */
export function problemsIn(form: QueueForm): ReadonlySet<Field> {
  if (form.type === 'local') return new Set();
  const schema = form.type === 'redis' ? redisPlaceSchema : postgresPlaceSchema;
  const issues = schema.safeParse(typed(form)).error?.issues ?? [];
  const names: Readonly<Record<string, Field>> = {
    ...{ host: 'host', port: 'port', user: 'user', database: 'database', tls: 'caPem' },
  };
  return new Set(issues.flatMap(({ path: [name] }) => names[String(name)] ?? []));
}

/** Whether the password that is kept may go to the place of the form. */
export function keepsPassword(form: QueueForm, { settings, hasPassword }: QueueStatus): boolean {
  const place = placeIn(form);
  return hasPassword && !form.dropsPassword && place !== null && samePlace(place, settings.place);
}

export function passwordIn(form: QueueForm, status: QueueStatus): PasswordChoice {
  if (form.password !== '') return { type: 'new', value: form.password };
  return { type: keepsPassword(form, status) ? 'keep' : 'none' };
}

/** Null when a field is wrong. */
export function inputOf(form: QueueForm, status: QueueStatus): ConfigureQueueInput | null {
  const place = placeIn(form);
  if (place === null) return null;
  const { executesHere } = form;
  return { settings: { place, executesHere }, password: passwordIn(form, status) };
}

export function isChanged(form: QueueForm, { settings }: QueueStatus): boolean {
  return JSON.stringify(form) !== JSON.stringify(formOf(settings));
}

function typed({ type, host, port, user, database, isVerified, caPem }: QueueForm): unknown {
  if (type === 'local') return { type };
  const authority = caPem.trim() === '' ? null : caPem;
  return {
    ...{ type, host: host.trim(), port: numberIn(port) },
    user: user === '' && type === 'redis' ? null : user,
    database: type === 'redis' ? numberIn(database) : database,
    tls: isVerified ? { mode: 'verified', caPem: authority } : { mode: 'off' },
  };
}

const numberIn = (text: string): number | null => (/^\d{1,5}$/.test(text.trim()) ? Number(text) : null);
