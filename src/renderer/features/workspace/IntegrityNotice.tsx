import { Button, Text } from '@mantine/core';
import { IconAlertTriangle, IconSignature } from '@tabler/icons-react';
import type { Integrity } from '../../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { workspaceText } from '../../text/workspace.ts';
import { connectionsStore, openEditor } from '../connections/index.ts';
import classes from './IntegrityNotice.module.css';

const words = workspaceText.integrity;

/** Says above everything when a data source is not as Mooring saved it, or was never signed. */
export function IntegrityNotice({ id, integrity }: { id: DataSourceId; integrity: Integrity }) {
  const askConfirm = () => connectionsStore.getState().askConfirm(id);
  if (integrity === 'changed') {
    return (
      <section className={classes.changed} aria-label={words.changedTitle}>
        <IconAlertTriangle size={18} className={classes.icon} aria-hidden />
        <div className={classes.body}>
          <Text component="h2" className={classes.title}>
            {words.changedTitle}
          </Text>
          <p className={classes.message}>{words.changedMessage}</p>
          <div className={classes.actions}>
            <Button size="xs" onClick={() => openEditor(id)}>
              {words.review}
            </Button>
            <Button size="xs" variant="default" onClick={askConfirm}>
              {words.accept}
            </Button>
          </div>
        </div>
      </section>
    );
  }
  if (integrity !== 'unsigned') return null;
  return (
    <section className={classes.unsigned} aria-label={words.confirm}>
      <IconSignature size={16} className={classes.quietIcon} aria-hidden />
      <span className={classes.quiet}>{words.unsignedMessage}</span>
      <Button size="compact-sm" variant="default" onClick={askConfirm}>
        {words.confirm}
      </Button>
    </section>
  );
}
