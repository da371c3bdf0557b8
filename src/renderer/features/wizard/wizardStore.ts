import { createStore } from 'zustand/vanilla';
import { parseConnectionUrl } from '../../../shared/model/connectionUrl.ts';
import type { DataSourceSummary, SavedDataSource } from '../../../shared/model/dataSource.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { createDemoActions, type DemoActions } from './demoActions.ts';
import { createTestActions, type TestActions } from './testActions.ts';
import type { WizardContext, WizardPorts } from './wizardContext.ts';
import { draftOfForm, type FormField, type WizardForm } from './wizardForm.ts';
import {
  hasUnsavedInput,
  isComplete,
  openedForEdit,
  openedForNew,
  type WizardState,
  type WizardStep,
  withDetailsRefused,
  withFieldSet,
  withPostgresChosen,
  withStep,
  withUrlFilled,
  withUrlProblem,
  withUrlText,
} from './wizardState.ts';

/** Ways into the wizard. They do nothing while it is open: a shortcut never throws away what is typed in it. */
interface OpenActions {
  readonly openNew: () => void;
  readonly openDemo: () => void;
  readonly openEdit: (summary: DataSourceSummary) => void;
}

interface FormActions {
  readonly choosePostgres: () => void;
  readonly setField: <Field extends FormField>(field: Field, value: WizardForm[Field]) => void;
  readonly setUrl: (text: string) => void;
  /** Fills the form from a connection URL and forgets the text; says why when it cannot be read. */
  readonly fillFromUrl: (text: string) => void;
}

interface CloseActions {
  /** Closes, or asks first when something typed would be lost. */
  readonly requestClose: () => void;
  readonly keepEditing: () => void;
  readonly close: () => void;
}

export interface WizardStore extends OpenActions, FormActions, CloseActions, TestActions, DemoActions {
  /** Null while the wizard is closed. */
  readonly wizard: WizardState | null;
  /** Goes to another step; entering the test from the details runs it. */
  readonly goTo: (step: WizardStep) => void;
  /** Answers what was saved; null when it was not, with the reason in the state. */
  readonly save: () => Promise<SavedDataSource | null>;
}

function createFormActions({ update }: WizardContext): FormActions {
  return {
    choosePostgres: () => update(withPostgresChosen),
    setField: (field, value) => update((state) => withFieldSet(state, field, value)),
    setUrl: (text) => update((state) => withUrlText(state, text)),
    fillFromUrl(text) {
      const parsed = parseConnectionUrl(text);
      update((state) =>
        parsed.ok ? withUrlFilled(state, parsed) : withUrlProblem(withUrlText(state, text), parsed),
      );
    },
  };
}

function createSave(
  { call, withVault, current, update }: WizardContext,
  close: () => void,
): WizardStore['save'] {
  return async () => {
    const state = current();
    if (state === null || state.saving.status === 'saving') return null;
    if (!isComplete(state)) {
      update(withDetailsRefused);
      return null;
    }
    update((latest) => ({ ...latest, saving: { status: 'saving' } }));
    try {
      const draft = draftOfForm(state.form, state.original?.dataSource.id ?? null);
      const saved = await withVault(() => call('dataSources.save', draft));
      close();
      return saved;
    } catch (error) {
      update((latest) => ({ ...latest, saving: { status: 'failed', error: errorDtoOf(error) } }));
      return null;
    }
  };
}

/**
 * The wizard as a store: thin actions around the pure transitions of `wizardState`. Closing it cancels whatever it has
 * begun.
 */
export function createWizardStore(ports: WizardPorts) {
  return createStore<WizardStore>()((set, get) => {
    const current = () => get().wizard;
    const context: WizardContext = {
      ...ports,
      current,
      update: (change) => set(({ wizard }) => (wizard === null ? {} : { wizard: change(wizard) })),
    };
    const test = createTestActions(context);
    const demo = createDemoActions(context, () => void test.runTest());

    const open = (wizard: WizardState) => {
      if (current() === null) set({ wizard });
    };
    const close = () => {
      demo.cancelDemo();
      test.cancelTest();
      set({ wizard: null });
    };

    return {
      wizard: null,
      ...createFormActions(context),
      ...test,
      ...demo,
      openNew: () => open(openedForNew()),
      openDemo() {
        if (current() !== null) return;
        open(openedForNew());
        void demo.prepareDemo();
      },
      openEdit: (summary) => open(openedForEdit(summary)),
      goTo(step) {
        const before = current()?.step;
        context.update((state) => withStep(state, step));
        if (before === 'details' && current()?.step === 'test') void test.runTest();
      },
      save: createSave(context, close),
      requestClose() {
        const state = current();
        if (state === null || state.saving.status === 'saving') return;
        if (hasUnsavedInput(state)) context.update((latest) => ({ ...latest, askingToDiscard: true }));
        else close();
      },
      keepEditing: () => context.update((state) => ({ ...state, askingToDiscard: false })),
      close,
    };
  });
}
