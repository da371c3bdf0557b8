import { createStore } from 'zustand/vanilla';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import type { call } from '../../lib/api.ts';
import { isConnected } from '../../lib/sessionOf.ts';
import { createSoloRun } from '../../lib/soloRun.ts';
import type { WithVault } from '../vault/index.ts';

interface PasswordPorts {
  readonly call: typeof call;
  /** The live state of a data source. */
  readonly stateOf: (id: DataSourceId) => SourceState['status'];
  /** Runs work that needs the vault; asks for what is missing and then runs it once more. */
  readonly withVault: WithVault;
  /** Tells that the connection is there, but its password was not saved. */
  readonly reportUnsaved: (error: ErrorDto) => void;
}

/** A secret as it was typed, for this one call. */
export interface TypedSecret {
  /** The secret field of the engine. */
  readonly field: string;
  readonly value: string;
  readonly remember: boolean;
}

type Attempt = { status: 'idle' } | { status: 'running' } | { status: 'failed'; error: ErrorDto };

export interface PasswordStore {
  /** The data source whose password is being asked for; null while the dialog is closed. */
  readonly askingId: DataSourceId | null;
  readonly attempt: Attempt;
  readonly ask: (id: DataSourceId) => void;
  /** Closes, and gives up connecting if that is under way. */
  readonly close: () => void;
  readonly connect: (secret: TypedSecret) => Promise<void>;
}

/** Failures that come only after the server has accepted the password. */
const isAboutSaving = ({ code }: ErrorDto): boolean =>
  /^(VAULT|STORE)_/.test(code) || code === 'DISK_FULL' || code === 'PASSWORD_NOT_USED';

const closed = { askingId: null, attempt: { status: 'idle' } } as const;

/** Connecting with a password typed just now. The password itself is never kept here. */
export function createPasswordStore({ call, stateOf, withVault, reportUnsaved }: PasswordPorts) {
  const solo = createSoloRun();

  return createStore<PasswordStore>()((set, get) => {
    const failed = (id: DataSourceId, error: ErrorDto) => {
      if (isConnected({ status: stateOf(id) }) && isAboutSaving(error)) {
        // The server took it: only saving it has failed, and the question is answered.
        set(closed);
        reportUnsaved(error);
      } else {
        set({ attempt: error.code === 'CANCELLED' ? { status: 'idle' } : { status: 'failed', error } });
      }
    };
    return {
      ...closed,
      ask: (id) => {
        // One that was asked for before may be gone, and its dialog with it.
        if (!solo.isRunning()) set({ askingId: id, attempt: { status: 'idle' } });
      },
      close() {
        solo.abandon();
        set(closed);
      },
      async connect(secret) {
        const id = get().askingId;
        if (id === null || solo.isRunning()) return;
        set({ attempt: { status: 'running' } });
        await solo.run(
          (signal) => {
            const connect = () => call('dataSources.connect', { id, secret }, { signal });
            return secret.remember ? withVault(connect) : connect();
          },
          { onDone: () => set(closed), onFailed: (error) => failed(id, error) },
        );
      },
    };
  });
}
