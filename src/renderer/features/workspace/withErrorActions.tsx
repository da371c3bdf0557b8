import { type ComponentType, type ReactNode, useMemo } from 'react';
import { engineOf } from '../../../shared/engines/engines.ts';
import type { ErrorAction } from '../../../shared/errors/errorActions.ts';
import type { DataSource } from '../../../shared/model/dataSource.ts';
import { type ErrorActionRunner, ErrorActionsContext } from '../../components/errorActions.ts';
import { call } from '../../lib/api.ts';
import { notifyFailure } from '../../lib/notifyFailure.ts';
import { connectionsStore, openEditor, useDataSource } from '../connections/index.ts';
import { tabsStore } from '../tabs/index.ts';

/** What the dialog for the password, and the button that opens the editor, do already. */
const doneElsewhere: ReadonlySet<string> = new Set(['password', 'user']);

/** Whether it can be done outside of the editor, on a data source that is saved: its engine, for one, stays. */
function canOnSource({ engine, origin }: DataSource, action: ErrorAction): boolean {
  switch (action.action) {
    case 'open-activity':
      return engineOf(engine.kind).capabilities.activity;
    case 'open-limit':
      return true;
    case 'open-field':
      return origin !== 'demo' && !doneElsewhere.has(action.field);
    case 'set-tls-mode':
    case 'use-port':
    case 'choose-database':
    case 'trust-host-key':
      return origin !== 'demo';
    case 'use-engine':
    case 'start-demo':
    case 'roll-back':
      return false;
  }
}

/** Main compares the key with the one it refused, and asks in a dialog of the system. */
async function trustAndConnect(
  id: string,
  action: ErrorAction & { action: 'trust-host-key' },
): Promise<void> {
  const { action: _action, ...change } = action;
  try {
    const { isAccepted } = await call('ssh.trustHostKey', change);
    if (isAccepted) await connectionsStore.getState().connect(id);
  } catch (error) {
    notifyFailure(error);
  }
}

function runOnSource(id: string, action: ErrorAction): void {
  if (action.action === 'open-activity') tabsStore.getState().openSource(id, 'activity');
  else if (action.action === 'trust-host-key') void trustAndConnect(id, action);
  // What changes settings is done on the form, where the person sees it before anything is saved.
  else openEditor(id, action);
}

function SourceErrorActions({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  const source = useDataSource(id)?.dataSource;
  const runner = useMemo<ErrorActionRunner | null>(
    () =>
      source === undefined
        ? null
        : {
            kind: source.engine.kind,
            can: (action) => canOnSource(source, action),
            run: (action) => runOnSource(id, action),
          },
    [id, source],
  );
  return <ErrorActionsContext value={runner}>{children}</ErrorActionsContext>;
}

interface OfSource {
  readonly tab: { readonly sourceId: string | null };
}

/** A tab about a data source whose errors offer what can be done about them. */
export function withErrorActions<Props extends OfSource>(
  Content: ComponentType<Props>,
): ComponentType<Props> {
  return function WithErrorActions(props) {
    return (
      <SourceErrorActions id={props.tab.sourceId ?? ''}>
        <Content {...props} />
      </SourceErrorActions>
    );
  };
}
