import { useEffect, useRef, useState } from 'react';
import { DialogWindow } from '../../components/DialogWindow.tsx';
import { focusMarked } from '../../lib/takeFocus.ts';
import { vaultText } from '../../text/vault.ts';
import { ChangeModeDialog } from './ChangeModeDialog.tsx';
import { ChooseModeDialog } from './ChooseModeDialog.tsx';
import { AddPassphraseDialog, ChangePassphraseDialog, RemovePassphraseDialog } from './PassphraseDialogs.tsx';
import { RotateDialog } from './RotateDialog.tsx';
import { StartOverDialog } from './StartOverDialog.tsx';
import { UnlockDialog } from './UnlockDialog.tsx';
import classes from './vault.module.css';
import { useVault, vaultActions } from './vault.ts';
import type { VaultDialog } from './vaultState.ts';
import { WeakenAppLockDialog } from './WeakenAppLockDialog.tsx';

interface DialogKind {
  readonly title: string;
  /** Width, in pixels. */
  readonly size: number;
  readonly Content: () => React.JSX.Element;
}

const narrow = 460;
const wide = 600;

const dialogs: Record<VaultDialog['name'], DialogKind> = {
  unlock: { title: vaultText.unlock.title, size: narrow, Content: UnlockDialog },
  'choose-mode': { title: vaultText.chooseMode.title, size: wide, Content: ChooseModeDialog },
  'change-mode': { title: vaultText.changeMode.title, size: wide, Content: ChangeModeDialog },
  'change-passphrase': {
    title: vaultText.changePassphrase.title,
    size: narrow,
    Content: ChangePassphraseDialog,
  },
  'add-passphrase': { title: vaultText.addPassphrase.title, size: narrow, Content: AddPassphraseDialog },
  'remove-passphrase': {
    title: vaultText.removePassphrase.title,
    size: narrow,
    Content: RemovePassphraseDialog,
  },
  rotate: { title: vaultText.rotate.title, size: narrow, Content: RotateDialog },
  'weaken-app-lock': { title: vaultText.weakenAppLock.title, size: narrow, Content: WeakenAppLockDialog },
  'start-over': { title: vaultText.startOver.title, size: narrow, Content: StartOverDialog },
};

/**
 * Puts the focus where a dialog, or what goes on in it, begins, also when it takes the place of another one. What failed
 * is told at the top, and comes into view.
 */
function DialogContent({ name }: { name: VaultDialog['name'] }) {
  const ref = useRef<HTMLDivElement>(null);
  const stage = useVault(({ attempt }) => (attempt.status === 'failed' ? 'idle' : attempt.status));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another stage draws other controls
  useEffect(() => {
    const inside = ref.current?.contains(document.activeElement) ?? false;
    if (!inside) focusMarked(ref.current);
  }, [stage]);
  const failedAbove = useVault(
    ({ attempt }) => attempt.status === 'failed' && attempt.error.code !== 'VAULT_PASSPHRASE_WRONG',
  );
  useEffect(() => {
    if (failedAbove) ref.current?.scrollIntoView({ block: 'start' });
  }, [failedAbove]);
  const { Content } = dialogs[name];
  return (
    <div ref={ref} className={classes.content}>
      <Content />
    </div>
  );
}

/** The dialog of the vault that is open, above the app's other windows but below the questions it asks itself. */
export function VaultDialogs() {
  const dialog = useVault((store) => store.dialog);
  const isRunning = useVault((store) => store.attempt.status === 'running');
  const [shownName, setShownName] = useState(dialog?.name ?? null);
  if (dialog !== null && dialog.name !== shownName) setShownName(dialog.name);
  const dismiss = () => {
    if (!isRunning) vaultActions().dismiss();
  };
  return (
    <DialogWindow
      opened={dialog !== null}
      onClose={dismiss}
      onExitTransitionEnd={() => setShownName(null)}
      title={shownName === null ? '' : dialogs[shownName].title}
      size={shownName === null ? narrow : dialogs[shownName].size}
      zIndex={250}
    >
      {shownName !== null && <DialogContent key={shownName} name={shownName} />}
    </DialogWindow>
  );
}
