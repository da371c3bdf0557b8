/** Door of the wizard that adds and edits data sources. Its code is loaded when it is first opened. */
import { create } from 'zustand';
import type { ErrorAction } from '../../../shared/errors/errorActions.ts';
import type { DataSourceSummary } from '../../../shared/model/dataSource.ts';
import { shownOnDemand } from '../../components/shownOnDemand.tsx';

export type { AfterSave } from './wizardState.ts';

const useWasOpened = create(() => false);

/** The wizard's own ways in, once it is part of the window. */
async function wizard() {
  const { openWizard: ways } = await import('./wizard.ts');
  useWasOpened.setState(true, true);
  return ways;
}

/** How other features open the wizard. Does nothing while it is open. */
export const openWizard = {
  create: async (): Promise<void> => (await wizard()).create(),
  demo: async (): Promise<void> => (await wizard()).demo(),
  /** @param action what an error offers, to be done on the form */
  edit: async (summary: DataSourceSummary, action?: ErrorAction): Promise<void> =>
    (await wizard()).edit(summary, action),
};

export const DataSourceWizard = shownOnDemand(
  async () => (await import('./DataSourceWizard.tsx')).DataSourceWizard,
  useWasOpened,
);
