import { readConnectionText } from '../../../shared/engines/codecs.ts';
import { engineOf, settingsOfForm } from '../../../shared/engines/engines.ts';
import { networkValues } from '../../../shared/engines/networkForm.ts';
import { type DataSourceFields, dataSourceFieldsSchema } from '../../../shared/model/dataSource.ts';
import { defaultPoolSettings, defaultTimeoutSettings } from '../../../shared/model/poolSettings.ts';
import { cleanText } from '../../base/cleanText.ts';
import { type ImportEntry, maxShownName, problemsOf } from '../importEntry.ts';
import type { ForeignConnection, FoundConnection } from './ForeignFile.ts';
import { type RouteReading, readRoute } from './foreignRoute.ts';
import { noAuthority, readForeignTls } from './foreignTls.ts';

/** Characters in the name of a data source. */
const maxName = 128;
/** Characters in the name of a folder. Mooring has no folders within folders. */
const maxFolderName = 100;
const straight: RouteReading = { network: undefined, secrets: new Map(), notes: [] };

/** A connection of another product as one of ours, checked as one that a person typed. */
export function foreignEntry(found: FoundConnection, index: number): ImportEntry {
  const name = cleanText(found.name, maxShownName) || `Data source ${index + 1}`;
  if ('problem' in found) return { type: 'unreadable', name, problems: [found.problem] };
  const reading = readConnectionText(found.address);
  if (!reading.ok) return { type: 'unreadable', name, problems: [reading.message] };
  const { network, secrets, notes } = found.route === undefined ? straight : readRoute(found.route);
  const tls = readForeignTls(found.tlsFiles ?? {}, reading.values.tlsMode);
  const isStricter = needsAuthority({ ...reading.values, ...tls.values });
  const values = {
    ...engineOf(reading.kind).form.valuesOf(null),
    ...reading.values,
    ...tls.values,
    ...networkValues(network),
    ...(found.user && { user: found.user }),
    ...(isStricter && { tlsMode: 'verify-full' }),
  };
  const fields: DataSourceFields = {
    name: [...name].slice(0, maxName).join(''),
    engine: settingsOfForm(reading.kind, values),
    origin: 'personal',
    pool: { ...defaultPoolSettings, ...reading.pool },
    timeouts: { ...defaultTimeoutSettings, ...reading.timeouts },
    color: found.color ?? 'blue',
    environment: found.environment ?? 'none',
    readOnly: found.isReadOnly ?? reading.readOnly,
  };
  const checked = dataSourceFieldsSchema.safeParse(fields);
  if (!checked.success) {
    return { type: 'unreadable', name, problems: noUserOf(found, values.user) ?? problemsOf(checked.error) };
  }
  return {
    type: 'readable',
    id: null,
    folder: folderOf(found),
    fields: checked.data,
    secrets: secretsOf(found.password ?? reading.secrets.password ?? null, secrets),
    notes: [
      ...new Set([
        ...(found.lost ?? []),
        ...tls.notes,
        ...(isStricter ? ['The host name in its certificate is checked now, too.'] : []),
        ...notes,
        ...reading.notes.filter((note) => tls.values.caFile === undefined || note !== noAuthority),
        ...leftOutOf(reading),
      ]),
    ],
  };
}

/**
 * Whether a mode needs an authority that does not come along, since it is a file of that computer. The system's are asked
 * then, and those say whose host it is.
 */
const needsAuthority = ({ tlsMode, caPem = '', caFile = '' }: Readonly<Record<string, string | undefined>>) =>
  tlsMode === 'verify-ca' && caPem === '' && caFile === '';

function noUserOf({ usersFile }: ForeignConnection, user: string | undefined): string[] | null {
  if (user !== '' || usersFile === undefined) return null;
  return [
    `Its user is in ${usersFile}, which could not be read: put that file into the same folder and import again`,
  ];
}

/** @param others of the way to the server */
function secretsOf(
  password: string | null,
  others: RouteReading['secrets'],
): Extract<ImportEntry, { type: 'readable' }>['secrets'] {
  const all = [...others, ...(password === null ? [] : ([['password', password]] as const))];
  return new Map(all.map(([field, value]) => [field, Buffer.from(value, 'utf8')]));
}

/** Folders within folders as one name, such as `Shop / Europe`. */
const folderOf = ({ folders = [] }: ForeignConnection): string | null =>
  cleanText(folders.filter((folder) => folder.trim() !== '').join(' / '), maxFolderName) || null;

const leftOutOf = ({ leftOut }: { leftOut: readonly { name: string; reason: string }[] }): string[] =>
  leftOut.map(({ name, reason }) => `${name}: ${reason}.`);
