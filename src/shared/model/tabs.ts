import { z } from 'zod';
import { knownDatabaseSchema } from './databases.ts';
import { diagramScopeSchema } from './diagrams.ts';
import { dataSourceIdSchema } from './ids.ts';
import { pipelineIdSchema } from './pipelines.ts';
import { arrangingShape } from './results.ts';
import { searchQuerySchema } from './schemaSearch.ts';
import { nodeRefSchema } from './schemaTree.ts';

/** Opaque id of a tab (UUID v4), made by the window. */
export const tabIdSchema = z.uuid();
export type TabId = z.infer<typeof tabIdSchema>;

const common = {
  id: tabIdSchema,
  isPinned: z.boolean(),
  /** Replaced by the next thing that is looked at, until it is edited or kept. */
  isPreview: z.boolean(),
};

/** How the statements of a query are run. */
export const runningShape = {
  /** `manual`: a transaction is begun before the first statement unless one is open, and stays open. */
  commit: z.enum(['auto', 'manual']),
  onError: z.enum(['stop', 'continue']),
  /** For each statement, in milliseconds; null: as the data source has it. */
  timeoutMs: z.int().min(100).max(86_400_000).nullable(),
};

/** What is open in the main area. The text of a query is kept apart (`tabs.writeText`), because it may be large. */
export const tabSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('query'),
    /** Null: not chosen yet, or gone. */
    sourceId: dataSourceIdSchema.nullable(),
    title: z.string().max(200),
    /** The file it was opened from or saved to; the path stays in main. */
    file: z.strictObject({ id: z.uuid(), name: z.string().max(300) }).nullable(),
    /** Cursor and first visible line. */
    cursor: z.int().min(0),
    topLine: z.int().min(0),
    ...runningShape,
    /** Height of the editor, in per cent of the tab. */
    editorShare: z.number().min(5).max(95),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('relation'),
    sourceId: dataSourceIdSchema,
    node: nodeRefSchema,
    segment: z.enum(['rows', 'structure', 'definition']),
    ...arrangingShape,
  }),
  z.strictObject({
    ...common,
    kind: z.literal('source'),
    sourceId: dataSourceIdSchema,
    segment: z.enum(['overview', 'metrics', 'activity', 'statements', 'settings']),
  }),
  /** The tables of a schema, or a table and its neighbours; where tables were moved to is kept as its text. */
  z.strictObject({
    ...common,
    kind: z.literal('diagram'),
    sourceId: dataSourceIdSchema,
    ...diagramScopeSchema.shape,
    /** Of the columns: none, those of keys, or all. */
    columns: z.enum(['names', 'keys', 'all']),
  }),
  /** A resource as it is edited; what is typed is kept apart, as the text of a query is. */
  z.strictObject({
    ...common,
    kind: z.literal('resource'),
    sourceId: dataSourceIdSchema,
    /** The saved one; null for one that is new. */
    resource: z.strictObject({ group: z.string().max(500), name: z.string().max(500) }).nullable(),
  }),
  /** A single request; kept apart in the same way, because its body may be large and may hold what is private. */
  z.strictObject({
    ...common,
    kind: z.literal('request'),
    sourceId: dataSourceIdSchema,
    title: z.string().max(200),
  }),
  /** Searching all that is in a data source: what is looked for, and not what was found. */
  z.strictObject({
    ...common,
    kind: z.literal('search'),
    sourceId: dataSourceIdSchema,
    query: searchQuerySchema,
  }),
  z.strictObject({ ...common, kind: z.literal('history') }),
  z.strictObject({ ...common, kind: z.literal('log') }),
  z.strictObject({ ...common, kind: z.literal('alerts') }),
  z.strictObject({ ...common, kind: z.literal('pipelines') }),
  /** One pipeline: its runs, or how it is set up; what is typed there is kept apart, as the text of a query is. */
  z.strictObject({
    ...common,
    kind: z.literal('pipeline'),
    /** Null for one that is not saved yet. */
    pipelineId: pipelineIdSchema.nullable(),
    title: z.string().max(200),
    segment: z.enum(['runs', 'setup']),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('settings'),
    section: z.enum([
      'appearance',
      'queries',
      'demo',
      'security',
      'monitoring',
      'alerts',
      'pipelines',
      'tracing',
      'about',
    ]),
  }),
]);
export type Tab = z.infer<typeof tabSchema>;
export type TabOf<Kind extends Tab['kind']> = Extract<Tab, { kind: Kind }>;

/** Tabs of one side of the main area, in order. */
export const tabGroupSchema = z.strictObject({
  tabs: z.array(tabSchema).max(200),
  activeId: tabIdSchema.nullable(),
});
export type TabGroup = z.infer<typeof tabGroupSchema>;

/** How the window was arranged, so that the next start arranges it again. Nothing in it is secret. */
export const layoutSchema = z.strictObject({
  /** One, or two side by side. */
  groups: z.array(tabGroupSchema).min(1).max(2),
  focusedGroup: z.int().min(0).max(1),
  /** Width of the first group in per cent. */
  splitShare: z.number().min(15).max(85),
  navigator: z.strictObject({ isShown: z.boolean(), width: z.int().min(200).max(480) }),
  inspector: z.strictObject({ isShown: z.boolean(), width: z.int().min(220).max(600) }),
  /** The databases beside those of data sources that tabs are of. Absent: there are none. */
  databases: z.array(knownDatabaseSchema).max(400).optional(),
});
export type Layout = z.infer<typeof layoutSchema>;

/** How people arrange their data sources. What is not named in it stands at the top level, by name. */
export const arrangementSchema = z.strictObject({
  folders: z
    .array(z.strictObject({ id: z.uuid(), name: z.string().min(1).max(100), isExpanded: z.boolean() }))
    .max(500),
  /** Folder of each data source that is in one. */
  folderOf: z.record(dataSourceIdSchema, z.uuid()),
  favourites: z.array(dataSourceIdSchema).max(5_000),
  /** Order by hand, of folders and data sources by id; those that are missing come behind, by name. */
  order: z.array(z.uuid()).max(6_000),
});
export type Arrangement = z.infer<typeof arrangementSchema>;

/** Largest text of a tab, in UTF-16 units. */
export const maxTabTextLength = 64_000_000;

/** A text file of a person, as it was opened. */
export const openedFileSchema = z
  .strictObject({ id: z.uuid(), name: z.string().max(300), text: z.string() })
  .nullable();
export type OpenedFile = z.infer<typeof openedFileSchema>;
