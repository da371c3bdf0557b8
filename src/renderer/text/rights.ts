import type { RightsPage, RoleRight } from '../../shared/model/roleRights.ts';
import { formatCount, plural } from '../lib/format.ts';

const kinds: Record<RoleRight['kind'], string> = {
  server: 'Server',
  database: 'Database',
  schema: 'Schema',
  table: 'Table',
  'partitioned-table': 'Partitioned table',
  view: 'View',
  'materialized-view': 'Materialized view',
  'foreign-table': 'Foreign table',
  sequence: 'Sequence',
  function: 'Function',
  procedure: 'Procedure',
  aggregate: 'Aggregate',
  type: 'Type',
  enum: 'Enum',
  domain: 'Domain',
  'foreign-server': 'Foreign server',
};

const overall: Record<RightsPage['overall'][number]['right'], string> = {
  everything: 'It is a superuser and may do everything, whatever is granted.',
  read: 'It may read all tables, views and sequences',
  write: 'It may write to all tables, views and sequences',
  maintain: 'It may maintain all relations',
};

/** Words of what a role may do. */
export const rightsText = {
  title: 'Effective rights',
  caption: (role: string) => `Effective rights of ${role}`,
  search: 'Search schemas and objects',
  columns: { schema: 'Schema', object: 'Object', kind: 'Kind', privileges: 'Privileges', through: 'Through' },
  kinds,
  own: 'Granted to it',
  owner: 'Owner',
  public: 'Everybody (PUBLIC)',
  through: (role: string, isOwner: boolean) => (isOwner ? `${role}, the owner` : role),
  unreachable: 'cannot be reached: no USAGE on the schema',
  overall: ({ right, through }: RightsPage['overall'][number]) =>
    through === null ? overall[right] : `${overall[right]}, through ${through}.`,
  shown: (shown: number, total: number) =>
    shown === total
      ? plural(total, 'row', 'rows')
      : `${formatCount(shown)} of ${plural(total, 'row', 'rows')}`,
  more: 'Load more',
  none: 'No rights here',
  noneMessage: 'Nothing in this database is granted to it or to everybody, as far as this user may see.',
  noMatch: 'Nothing matches the search',
};
