export { SchemaBrowser } from './SchemaBrowser.tsx';
export { followSchemaEvents } from './schema.ts';
