import { Button, Checkbox, Group, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { engineOf, loginTextOf } from '../../../shared/engines/engines.ts';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { DataSource } from '../../../shared/model/dataSource.ts';
import { DialogWindow } from '../../components/DialogWindow.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { useLastShown } from '../../lib/useLastShown.ts';
import { connectionsText } from '../../text/connections.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { PassphraseField, useVault } from '../vault/index.ts';
import { passwordStore, useDataSource, usePassword } from './connections.ts';
import { rescueFocus } from './focusActiveRow.ts';
import classes from './PasswordDialog.module.css';
import { saveChoiceOf } from './saveChoice.ts';

const words = connectionsText.password;

/** What the typed password is to blame for; the rest needs more room than a line below the field. */
const isAboutPassword = ({ code }: ErrorDto): boolean =>
  code === 'AUTH_FAILED' || code === 'PASSWORD_REQUIRED' || code === 'INVALID_INPUT';

function PasswordForm({ dataSource }: { dataSource: DataSource }) {
  const [value, setValue] = useState('');
  const { kind } = dataSource.engine;
  const [field] = engineOf(kind).secretFields;
  const choice = useVault((store) => saveChoiceOf(store.status));
  const canSave = choice !== 'unusable';
  const [wantsToSave, setWantsToSave] = useState(choice === 'vault');
  const attempt = usePassword((store) => store.attempt);
  const { connect, close } = passwordStore.getState();
  const failure = attempt.status === 'failed' ? attempt.error : null;
  const isRunning = attempt.status === 'running';

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (value !== '' && field !== undefined) void connect({ field, value, remember: wantsToSave && canSave });
  };
  return (
    <form onSubmit={submit} className={classes.form}>
      <Text className={classes.address}>{loginTextOf(dataSource.engine)}</Text>
      <PassphraseField
        label={words.label}
        value={value}
        onChange={setValue}
        error={failure !== null && isAboutPassword(failure) ? failure.title : null}
        focused
      />
      <Checkbox
        label={words.save[choice]}
        description={words.saveHint[choice]}
        checked={wantsToSave && canSave}
        disabled={!canSave}
        onChange={(event) => setWantsToSave(event.currentTarget.checked)}
      />
      {failure !== null && !isAboutPassword(failure) && (
        <div className={classes.failure}>
          <ErrorPanel error={failure} />
        </div>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={close}>
          {vocabulary.cancel}
        </Button>
        <Button type="submit" disabled={value === ''} loading={isRunning}>
          {connectionsText.connect}
        </Button>
      </Group>
    </form>
  );
}

/** Asks for the password of a data source and connects with it. */
export function PasswordDialog() {
  const askingId = usePassword((store) => store.askingId);
  const asked = useDataSource(askingId ?? '');
  const { shown, forget } = useLastShown(asked);
  return (
    <DialogWindow
      opened={asked !== undefined}
      title={words.title(shown?.dataSource.name ?? '')}
      size={440}
      onClose={passwordStore.getState().close}
      onExitTransitionEnd={() => {
        forget();
        // The button that asked is gone with the failure.
        rescueFocus();
      }}
    >
      {shown !== null && <PasswordForm dataSource={shown.dataSource} />}
    </DialogWindow>
  );
}
