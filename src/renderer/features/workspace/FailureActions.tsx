import { Button } from '@mantine/core';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { useOwnActions } from '../../components/errorActions.ts';
import { workspaceText } from '../../text/workspace.ts';
import { connectionsStore, openEditor, passwordStore, useDataSource } from '../connections/index.ts';
import { unlockVault } from '../vault/index.ts';
import { type FailureAction, failureActions, passwordActions } from './failureActions.ts';

async function unlockAndConnect(id: DataSourceId): Promise<void> {
  if (await unlockVault()) await connectionsStore.getState().connect(id);
}

const buttons: Record<FailureAction, { label: string; run: (id: DataSourceId) => void }> = {
  review: { label: workspaceText.integrity.review, run: openEditor },
  accept: {
    label: workspaceText.integrity.accept,
    run: (id) => connectionsStore.getState().askConfirm(id),
  },
  unlock: { label: workspaceText.unlockVault, run: (id) => void unlockAndConnect(id) },
  keychain: {
    label: workspaceText.retryKeychain,
    run: (id) => void connectionsStore.getState().connectWithKeychain(id),
  },
  edit: { label: workspaceText.edit, run: openEditor },
  again: { label: workspaceText.tryAgain, run: (id) => void connectionsStore.getState().connect(id) },
  password: { label: workspaceText.enterPassword, run: (id) => passwordStore.getState().ask(id) },
};

interface FailureActionsProps {
  readonly id: DataSourceId;
  readonly reason: ErrorDto;
  /** Some connections work: only what brings a password is offered. */
  readonly isPartial?: boolean;
}

/** The buttons that help against this failure; the first one is the most likely to. */
export function FailureActions({ id, reason, isPartial = false }: FailureActionsProps) {
  const isDemo = useDataSource(id)?.dataSource.origin === 'demo';
  const hasOwn = useOwnActions(reason).actions.length > 0 && !isPartial;
  const actions = (isPartial ? passwordActions : failureActions)(reason.code, isDemo);
  return (
    <>
      {actions.map((action, index) => (
        <Button
          key={action}
          size={isPartial ? 'compact-sm' : 'xs'}
          variant={index === 0 && !hasOwn ? 'filled' : 'default'}
          onClick={() => buttons[action].run(id)}
        >
          {buttons[action].label}
        </Button>
      ))}
    </>
  );
}
