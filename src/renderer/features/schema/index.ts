export { SchemaBrowser } from './SchemaBrowser.tsx';
export { followSchemaEvents, useHasSchema } from './schema.ts';
