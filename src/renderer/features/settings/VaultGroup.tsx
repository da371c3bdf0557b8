import { Button, Switch, Tooltip } from '@mantine/core';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { VaultStatus } from '../../../shared/model/vault.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { FactList } from '../../components/FactList.tsx';
import { Notice } from '../../components/Notice.tsx';
import { ShortcutHint } from '../../components/ShortcutHint.tsx';
import { useNow } from '../../lib/useNow.ts';
import { settingsText } from '../../text/settings.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { askUnlocked, lockNow, unlockVault, useVault, vaultStore } from '../vault/index.ts';
import classes from './Settings.module.css';
import { SettingsGroup } from './SettingsGroup.tsx';
import { setRotationReminder, startOver } from './securityActions.ts';
import { useSettings } from './settings.ts';
import { vaultFacts } from './vaultFacts.tsx';

const words = settingsText.vault;
/** Ages are told in days. */
const ageTickMs = 60_000;

type Ask = Parameters<typeof askUnlocked>[0]['name'];

function AskButton({
  name,
  label,
}: {
  name: Exclude<Ask, 'choose-mode' | 'weaken-app-lock'>;
  label: string;
}) {
  return (
    <Button variant="default" onClick={() => void askUnlocked({ name })}>
      {label}
    </Button>
  );
}

function StartOverButton({ label }: { label: string }) {
  return (
    <Button variant="subtle" onClick={startOver}>
      {label}
    </Button>
  );
}

/** Problems after which the key may be gone for good. */
const lostKeyCodes: readonly ErrorDto['code'][] = ['VAULT_LOCKED_OR_MISSING_KEY', 'VAULT_WRONG_KEY'];

function VaultProblem({ problem }: { problem: ErrorDto }) {
  const isRetrying = useVault((store) => store.isRetrying);
  return (
    <ErrorPanel
      error={problem}
      actions={
        <>
          <Button variant="default" loading={isRetrying} onClick={() => void vaultStore.getState().retry()}>
            {vocabulary.tryAgain}
          </Button>
          {lostKeyCodes.includes(problem.code) && <StartOverButton label={words.startOver} />}
        </>
      }
    />
  );
}

function LockButtons({ lock }: Pick<VaultStatus, 'lock'>) {
  if (lock === 'locked') {
    return (
      <>
        <Button onClick={() => void unlockVault()}>{words.unlock}</Button>
        <StartOverButton label={words.forgotten} />
      </>
    );
  }
  return (
    <Tooltip label={<ShortcutHint label={words.lockNow} shortcut="Mod+L" />}>
      <Button variant="default" onClick={() => void lockNow()}>
        {words.lockNow}
      </Button>
    </Tooltip>
  );
}

function VaultButtons({ status }: { status: VaultStatus }) {
  const { mode, lock, hasPassphrase, key } = status;
  return (
    <div className={classes.buttons}>
      {hasPassphrase && <LockButtons lock={lock} />}
      <AskButton name="change-mode" label={words.changeMode} />
      {key !== null && <AskButton name="rotate" label={words.rotate} />}
      {hasPassphrase && <AskButton name="change-passphrase" label={words.changePassphrase} />}
      {mode === 'keychain' && (
        <AskButton
          name={hasPassphrase ? 'remove-passphrase' : 'add-passphrase'}
          label={hasPassphrase ? words.removePassphrase : words.addPassphrase}
        />
      )}
    </div>
  );
}

function VaultSettings({ status }: { status: VaultStatus }) {
  const reminder = useSettings((store) => store.preferences.rotationReminder);
  const now = useNow(true, ageTickMs);
  const { mode, problem, rotationDue } = status;
  return (
    <SettingsGroup heading={words.heading}>
      <Notice tone={mode === 'session' || mode === null || problem !== null ? 'info' : 'success'}>
        {mode === null ? words.noMode : words.mode[mode]}
      </Notice>
      {problem !== null && <VaultProblem problem={problem} />}
      {rotationDue && (
        <Notice tone="warning">
          {words.rotationDue}{' '}
          <Button size="compact-sm" variant="default" onClick={() => void askUnlocked({ name: 'rotate' })}>
            {words.rotateNow}
          </Button>
        </Notice>
      )}
      <FactList facts={vaultFacts(status, now)} />
      <VaultButtons status={status} />
      <Switch
        label={words.reminder}
        checked={reminder}
        onChange={(event) => void setRotationReminder(event.currentTarget.checked)}
      />
    </SettingsGroup>
  );
}

/** Where the key to the saved passwords is, how old it is, and what can be done about it. */
export function VaultGroup() {
  const status = useVault((store) => store.status);
  return status !== null && <VaultSettings status={status} />;
}
