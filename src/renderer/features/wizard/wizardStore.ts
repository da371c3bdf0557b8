import { createStore } from 'zustand/vanilla';
import { isConnectionText, profileInText } from '../../../shared/engines/codecs.ts';
import type { EngineKind } from '../../../shared/engines/settings.ts';
import type { ErrorAction } from '../../../shared/errors/errorActions.ts';
import type { DataSourceSummary, SavedDataSource } from '../../../shared/model/dataSource.ts';
import type { Resource } from '../../../shared/model/resources.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import {
  withConnectionText,
  withFillUndone,
  withProfileMissing,
  withTextRead,
  withTypedTextRead,
} from './connectionTextState.ts';
import { createDemoActions, type DemoActions } from './demoActions.ts';
import { createErrorActions, type ErrorActions } from './errorActions.ts';
import type { CommonField, PlainField } from './fieldNames.ts';
import { createSignInActions, type SignInActions } from './signInActions.ts';
import { createTestActions, type TestActions } from './testActions.ts';
import type { WizardContext, WizardPorts } from './wizardContext.ts';
import { type CommonForm, draftOfForm, type SecretForm, withResourcesOf } from './wizardForm.ts';
import {
  type DocumentFinding,
  hasUnsavedInput,
  isComplete,
  openedForEdit,
  openedForNew,
  type WizardState,
  withDetailsRefused,
  withDocument,
  withFieldSet,
  withForm,
  withKindChosen,
  withKindShown,
  withSecretSet,
  withValueSet,
} from './wizardState.ts';

/** Ways into the wizard. They do nothing while it is open: a shortcut never throws away what is typed in it. */
interface OpenActions {
  readonly openNew: () => void;
  readonly openDemo: () => void;
  /** @param action what an error offered elsewhere: done once the form is there */
  readonly openEdit: (summary: DataSourceSummary, action?: ErrorAction) => void;
}

interface FormActions {
  readonly chooseKind: (kind: EngineKind) => void;
  /** Back to the choice of what to add. */
  readonly showKinds: () => void;
  readonly setField: <Field extends CommonField>(field: Field, value: CommonForm[Field]) => void;
  /** Sets a field of the engine's form. */
  readonly setValue: (key: string, text: string) => void;
  readonly setSecret: (field: string, change: Partial<SecretForm>) => void;
  readonly setConnectionText: (text: string) => void;
  /** Fills the form from a connection text and forgets the text; says why when it cannot be read. */
  readonly fillFromText: (text: string) => void;
  /** The same with a text pasted somewhere else; false, and nothing done, when it is no connection text. */
  readonly takePasted: (text: string) => boolean;
  /** Looks at what was typed into a field; a connection text is taken out of it and fills the form. */
  readonly takeTyped: (field: PlainField) => void;
  /** Replaces what there is to read. */
  readonly setResources: (resources: readonly Resource[]) => void;
  /** The same, with what a document says about the API beside it. */
  readonly takeDocument: (finding: DocumentFinding) => void;
  /** Takes back what the last connection text filled in. */
  readonly undoFill: () => void;
}

interface CloseActions {
  /** Closes, or asks first when something typed would be lost. */
  readonly requestClose: () => void;
  readonly keepEditing: () => void;
  readonly close: () => void;
}

export interface WizardStore
  extends OpenActions,
    FormActions,
    CloseActions,
    TestActions,
    DemoActions,
    SignInActions,
    ErrorActions {
  /** Null while the wizard is closed. */
  readonly wizard: WizardState | null;
  /** Needs neither a server nor a test. Answers what was saved; null when it was not, with the reason in the state. */
  readonly save: () => Promise<SavedDataSource | null>;
}

function createFormActions(context: WizardContext): FormActions {
  const { current, update } = context;
  const fill = createFill(context);
  return {
    chooseKind: (kind) => update((state) => withKindChosen(state, kind)),
    showKinds: () => update(withKindShown),
    setField: (field, value) => update((state) => withFieldSet(state, field, value)),
    setValue: (key, text) => update((state) => withValueSet(state, key, text)),
    setSecret: (field, change) => update((state) => withSecretSet(state, field, change)),
    setConnectionText: (text) => update((state) => withConnectionText(state, text)),
    fillFromText: (text) => fill(text),
    takePasted(text) {
      const takesText = current()?.form.origin === 'personal';
      if (!takesText || !isConnectionText(text)) return false;
      fill(text);
      return true;
    },
    takeTyped: (field) => update((state) => withTypedTextRead(state, field)),
    setResources: (resources) => update((state) => withForm(state, withResourcesOf(state.form, resources))),
    takeDocument: (finding) => update((state) => withDocument(state, finding)),
    undoFill: () => update(withFillUndone),
  };
}

/** Fills the form from a text; what the text refers to by a name is read by main first. */
function createFill({ call, update }: WizardContext): (text: string) => void {
  return (text) => {
    const named = profileInText(text);
    if (named === null) return update((state) => withTextRead(state, text));
    update((state) => withConnectionText(state, text));
    // Whoever has typed on meanwhile means another text.
    const whereMeant = (change: (state: WizardState) => WizardState) =>
      update((state) => (state.connectionText.text === text ? change(state) : state));
    call('dataSources.readProfile', named).then(
      (profile) => whereMeant((state) => withTextRead(state, text, profile)),
      (error: unknown) => whereMeant((state) => withProfileMissing(state, text, errorDtoOf(error))),
    );
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
    const signIn = createSignInActions(context);
    const demo = createDemoActions(context, () => void test.runTest());
    const errors = createErrorActions(context, test, demo.prepareDemo);

    const open = (wizard: WizardState) => {
      if (current() === null) set({ wizard });
    };
    const close = () => {
      demo.cancelDemo();
      signIn.cancelSignIn();
      errors.cancelListing();
      test.cancelTest();
      set({ wizard: null });
    };

    return {
      wizard: null,
      ...createFormActions(context),
      ...test,
      ...demo,
      ...signIn,
      ...errors,
      openNew: () => open(openedForNew()),
      openDemo() {
        if (current() !== null) return;
        open(openedForNew());
        void demo.prepareDemo();
      },
      openEdit(summary, action) {
        if (current() !== null) return;
        open(openedForEdit(summary));
        if (action !== undefined) void errors.act(action);
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
