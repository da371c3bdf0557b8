import { z } from 'zod';
import { dataSourceIdSchema } from './ids.ts';
import { nodeRefSchema } from './schemaTree.ts';

/** Rows of one page of rights. */
export const rightsPerPage = 200;

export const rightsInputSchema = z.strictObject({
  id: dataSourceIdSchema,
  /** A role, or an account. */
  role: nodeRefSchema,
  /** What `schema.object` has to hold, whatever its case. */
  search: z.string().max(200),
  /** How many rows come before the page. */
  offset: z.int().min(0).max(10_000_000),
});
export type RightsInput = z.infer<typeof rightsInputSchema>;

/** Why a role has a right: it was given it by name, everybody was, or another role was whose rights it has. */
const rightOriginSchema = z.enum(['own', 'public', 'role']);

/** Rights of a role on one thing that it has in one way. */
export const roleRightSchema = z.strictObject({
  /** Empty for what is in no schema. */
  schema: z.string(),
  /** Null for the schema itself. */
  object: z.string().nullable(),
  kind: z.enum([
    'server',
    'database',
    'schema',
    'table',
    'partitioned-table',
    'view',
    'materialized-view',
    'foreign-table',
    'sequence',
    'function',
    'procedure',
    'aggregate',
    'type',
    'enum',
    'domain',
    'foreign-server',
  ]),
  /** In the words of the server: `INSERT, SELECT (id, name), UPDATE WITH GRANT OPTION`. */
  privileges: z.string(),
  origin: rightOriginSchema,
  /** The role that has it, for `role`. */
  through: z.string().nullable(),
  /** As the owner: it can take rights away from itself, and give them back. */
  isOwner: z.boolean(),
  /** False for what cannot be reached, because the role may not use its schema. */
  isReachable: z.boolean(),
});
export type RoleRight = z.infer<typeof roleRightSchema>;

/** Rights on everything, whatever else is granted. */
const overallRightSchema = z.strictObject({
  right: z.enum(['everything', 'read', 'write', 'maintain']),
  /** The role that gives it; null when it is the role's own. */
  through: z.string().nullable(),
});

export const rightsPageSchema = z.strictObject({
  /** By schema and object. */
  rights: z.array(roleRightSchema).max(rightsPerPage),
  /** Rows in all, with this search. */
  total: z.int(),
  overall: z.array(overallRightSchema).max(10),
});
export type RightsPage = z.infer<typeof rightsPageSchema>;
