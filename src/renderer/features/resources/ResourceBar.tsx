import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconApi, IconDots, IconTable } from '@tabler/icons-react';
import type { DataSource } from '../../../shared/model/dataSource.ts';
import type { TabOf } from '../../../shared/model/tabs.ts';
import { EnvironmentBadge } from '../../components/EnvironmentBadge.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { ShortcutHint } from '../../components/ShortcutHint.tsx';
import frame from '../../components/TabFrame.module.css';
import { resourcesText as words } from '../../text/resources.ts';
import { tabsText } from '../../text/tabs.ts';
import { tabsStore } from '../tabs/index.ts';
import { duplicateResource, removeResource } from './changeResources.ts';
import classes from './Resources.module.css';

interface ResourceBarProps {
  readonly tab: TabOf<'resource'>;
  readonly source: DataSource;
  /** Whether the resource of the tab is still among those that are saved. */
  readonly isSaved: boolean;
  readonly isUnsaved: boolean;
  readonly isSaving: boolean;
  readonly onSave: () => void;
}

/** Which resource is edited, whether it is saved, and what can be done with it. */
export function ResourceBar({ tab, source, isSaved, isUnsaved, isSaving, onSave }: ResourceBarProps) {
  const { sourceId, resource } = tab;
  const openRows = () => {
    if (resource === null) return;
    tabsStore
      .getState()
      .openRelation(sourceId, { schema: resource.group, name: resource.name, kind: 'resource' });
  };
  return (
    <div className={`${frame.bar} ${classes.bar}`} data-environment={source.environment}>
      <span className={classes.place}>
        <span className={classes.step}>{source.name}</span>
        {resource !== null && (
          <>
            <span aria-hidden>›</span>
            <span className={classes.step}>{resource.group}</span>
          </>
        )}
        <span aria-hidden>›</span>
        <IconApi size={15} stroke={1.6} aria-hidden />
        <h2 className={classes.title}>{resource?.name ?? tabsText.newResourceTitle}</h2>
        <EnvironmentBadge environment={source.environment} />
      </span>
      <span className={classes.space} />
      {isUnsaved && (
        <span className={classes.unsaved} role="status">
          {words.unsaved}
        </span>
      )}
      <Button size="xs" loading={isSaving} onClick={onSave}>
        <ShortcutHint label={words.save} shortcut="Mod+S" />
      </Button>
      {resource !== null && isSaved && (
        <>
          <IconButton label={words.openRows} onClick={openRows}>
            <IconTable size={16} stroke={1.6} />
          </IconButton>
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon aria-label={words.more}>
                <IconDots size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => duplicateResource(sourceId, resource)}>{words.duplicate}</Menu.Item>
              <Menu.Item onClick={() => void removeResource(sourceId, resource)}>{words.remove}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </>
      )}
    </div>
  );
}
