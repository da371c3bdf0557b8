import { createContext, useContext } from 'react';
import type { ErrorAction } from '../../../shared/errors/errorActions.ts';
import type { DataSourceSummary } from '../../../shared/model/dataSource.ts';
import { call, onEvent } from '../../lib/api.ts';
import { withVault } from '../vault/index.ts';
import type { WizardState } from './wizardState.ts';
import { createWizardStore, type WizardStore } from './wizardStore.ts';

/** The window's one wizard. */
export const wizardStore = createWizardStore({
  call,
  onEvent,
  newCallId: () => crypto.randomUUID(),
  withVault,
});

/** The wizard's actions never change, so a component may take them without listening. */
export const wizardActions = (): WizardStore => wizardStore.getState();

/** The wizard as it is shown. It outlives its state by the moment in which the window fades away. */
export const ShownWizardContext = createContext<WizardState | null>(null);

/** The open wizard, for the components inside it. */
export function useWizard(): WizardState {
  const wizard = useContext(ShownWizardContext);
  if (wizard === null) throw new Error('This component belongs inside the wizard');
  return wizard;
}

/** Ways in, for the door of the feature. */
export const openWizard = {
  create: (): void => wizardActions().openNew(),
  demo: (): void => wizardActions().openDemo(),
  edit: (summary: DataSourceSummary, action?: ErrorAction): void => wizardActions().openEdit(summary, action),
};
