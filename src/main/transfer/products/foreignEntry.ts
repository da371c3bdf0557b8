import { readConnectionText } from '../../../shared/engines/codecs.ts';
import { engineOf, settingsOfForm } from '../../../shared/engines/engines.ts';
import { type DataSourceFields, dataSourceFieldsSchema } from '../../../shared/model/dataSource.ts';
import { defaultPoolSettings, defaultTimeoutSettings } from '../../../shared/model/poolSettings.ts';
import { cleanText } from '../../base/cleanText.ts';
import { type ImportEntry, maxShownName, problemsOf } from '../importEntry.ts';
import type { FoundConnection } from './ForeignFile.ts';

/** Characters in the name of a data source. */
const maxName = 128;

/** A connection of another product as one of ours, checked as one that a person typed. */
export function foreignEntry(found: FoundConnection, index: number): ImportEntry {
  const name = cleanText(found.name, maxShownName) || `Data source ${index + 1}`;
  if ('problem' in found) return { type: 'unreadable', name, problems: [found.problem] };
  const reading = readConnectionText(found.address);
  if (!reading.ok) return { type: 'unreadable', name, problems: [reading.message] };
  const values = {
    ...engineOf(reading.kind).form.valuesOf(null),
    ...reading.values,
    ...(found.user && { user: found.user }),
  };
  const fields: DataSourceFields = {
    name: [...name].slice(0, maxName).join(''),
    engine: settingsOfForm(reading.kind, values),
    origin: 'personal',
    pool: { ...defaultPoolSettings, ...reading.pool },
    timeouts: { ...defaultTimeoutSettings, ...reading.timeouts },
    color: 'blue',
    environment: found.environment ?? 'none',
    readOnly: found.isReadOnly ?? reading.readOnly,
  };
  const checked = dataSourceFieldsSchema.safeParse(fields);
  if (!checked.success) return { type: 'unreadable', name, problems: problemsOf(checked.error) };
  const password = found.password ?? reading.secrets.password ?? null;
  return {
    type: 'readable',
    id: null,
    fields: checked.data,
    secrets: new Map(password === null ? [] : [['password', Buffer.from(password, 'utf8')]]),
    notes: [...(found.lost ?? []), ...reading.notes, ...leftOutOf(reading)],
  };
}

const leftOutOf = ({ leftOut }: { leftOut: readonly { name: string; reason: string }[] }): string[] =>
  leftOut.map(({ name, reason }) => `${name}: ${reason}.`);
