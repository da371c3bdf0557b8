import { engineKinds } from '../../../shared/engines/engines.ts';
import type { ErrorAction, HostKeyChange } from '../../../shared/errors/errorActions.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { fieldsOf, isShownIn } from './engineFields.ts';
import { engineField, type FieldName } from './fieldNames.ts';
import type { TestActions } from './testActions.ts';
import { isCancelled, type WizardContext } from './wizardContext.ts';
import { draftOfForm } from './wizardForm.ts';
import { type WizardState, withFocusOn, withKindChosen, withKindShown, withValueSet } from './wizardState.ts';

export interface ErrorActions {
  /** Does what an error offers. A weaker TLS mode is asked about first; see `confirmWeaker`. */
  readonly act: (action: ErrorAction) => Promise<void>;
  /** The person has read what a weaker mode means. */
  readonly confirmWeaker: () => void;
  readonly keepTlsMode: () => void;
  /** Uses a database of the list, and tests again. */
  readonly useDatabase: (name: string) => void;
  readonly cancelListing: () => void;
}

/** How much the modes protect; what is not here protects least. */
const strength: Readonly<Record<string, number>> = { encrypt: 1, 'verify-ca': 2, 'verify-full': 3 };
const strengthOf = (mode: string | undefined): number => strength[mode ?? ''] ?? 0;

const hasField = (form: WizardState['form'], key: string): boolean =>
  fieldsOf(form.kind).some((field) => field.key === key && isShownIn(form, field));

/** Whether an action can be done in the wizard as it is filled in now. The address of the demo is its own. */
export function canAct({ form, original, test }: WizardState, action: ErrorAction): boolean {
  // The error is about a server of another engine than the one chosen since.
  if (test.status !== 'idle' && test.form.kind !== form.kind) return false;
  if (action.action === 'open-limit') return true;
  if (form.origin === 'demo') return false;
  switch (action.action) {
    case 'set-tls-mode':
      return hasField(form, 'tlsMode') && form.values.tlsMode !== action.mode;
    case 'open-field':
      return hasField(form, action.field);
    case 'use-port':
      return hasField(form, 'port') && form.values.port !== String(action.port);
    case 'choose-database':
      return hasField(form, 'database');
    case 'use-engine':
      return original === null && engineKinds.some((kind) => kind === action.kind);
    case 'start-demo':
      return original === null;
    case 'trust-host-key':
      return true;
    case 'open-activity':
    case 'roll-back':
      return false;
  }
}

/** Asks for the databases of the server. The answer is dropped when it is asked again, or for another form. */
function createListing({ call, current, update }: WizardContext) {
  let listing: AbortController | null = null;
  const cancel = () => listing?.abort();
  const list = async () => {
    const state = current();
    if (state === null) return;
    cancel();
    const abort = new AbortController();
    listing = abort;
    const show = (databases: WizardState['databases']) =>
      update((latest) =>
        listing === abort && latest.form === state.form ? { ...latest, databases } : latest,
      );
    show({ status: 'loading' });
    try {
      const draft = draftOfForm(state.form, state.original?.dataSource.id ?? null);
      const names = await call('dataSources.databases', draft, { signal: abort.signal });
      show({ status: 'shown', names });
    } catch (error) {
      show(isCancelled(error) ? { status: 'idle' } : { status: 'failed', error: errorDtoOf(error) });
    }
  };
  return { list, cancel };
}

/** Lets the person compare the keys of an SSH server, and tests again once the new one is accepted. */
function createTrust({ call, update }: WizardContext, { runTest }: Pick<TestActions, 'runTest'>) {
  return async (change: HostKeyChange) => {
    try {
      const { isAccepted } = await call('ssh.trustHostKey', change);
      if (isAccepted) await runTest();
    } catch (error) {
      update((state) => ({
        ...state,
        test: { status: 'broken', form: state.form, error: errorDtoOf(error) },
      }));
    }
  };
}

/** What the errors of a test and of saving offer, done on the form. Nothing is saved by it. */
export function createErrorActions(
  context: WizardContext,
  { runTest }: Pick<TestActions, 'runTest'>,
  prepareDemo: () => Promise<void>,
): ErrorActions {
  const { current, update } = context;
  const databases = createListing(context);
  const trustHostKey = createTrust(context, { runTest });

  const setAndTest = (key: string, text: string) => {
    update((state) => withValueSet(state, key, text));
    void runTest();
  };
  const focusOn = (field: FieldName) => update((state) => withFocusOn(state, field));

  const setTlsMode = (mode: string) => {
    const state = current();
    if (state === null) return;
    // It needs a certificate, which only the person has.
    const lacksAuthority = mode === 'verify-ca' && state.form.values.caPem === '';
    if (!lacksAuthority) return setAndTest('tlsMode', mode);
    update((latest) => withValueSet(latest, 'tlsMode', mode));
    focusOn(engineField('caPem'));
  };

  return {
    async act(action) {
      const state = current();
      if (state === null || !canAct(state, action)) return;
      switch (action.action) {
        case 'set-tls-mode':
          if (strengthOf(action.mode) > strengthOf(state.form.values.tlsMode)) return setTlsMode(action.mode);
          return update((latest) => ({ ...latest, weakerMode: action.mode }));
        case 'open-field':
          return focusOn(engineField(action.field));
        case 'open-limit':
          return focusOn(action.field);
        case 'use-port':
          return setAndTest('port', String(action.port));
        case 'use-engine': {
          const kind = engineKinds.find((each) => each === action.kind);
          if (kind === undefined) return;
          update((latest) => withKindChosen(latest, kind));
          return runTest();
        }
        case 'choose-database':
          return databases.list();
        case 'start-demo':
          update(withKindShown);
          return prepareDemo();
        case 'trust-host-key': {
          const { action: _action, ...change } = action;
          return trustHostKey(change);
        }
        default:
          return;
      }
    },
    confirmWeaker() {
      const mode = current()?.weakerMode ?? null;
      if (mode !== null) setTlsMode(mode);
    },
    keepTlsMode: () => update((state) => ({ ...state, weakerMode: null })),
    useDatabase: (name) => setAndTest('database', name),
    cancelListing: databases.cancel,
  };
}
