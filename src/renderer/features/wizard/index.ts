/** Door of the wizard that adds and edits data sources. */
export { DataSourceWizard } from './DataSourceWizard.tsx';
export { openWizard } from './wizard.ts';
export type { AfterSave } from './wizardState.ts';
