import { Tabs } from '@mantine/core';
import { DialogWindow } from '../../components/DialogWindow.tsx';
import { settingsText } from '../../text/settings.ts';
import { AboutSection } from './AboutSection.tsx';
import { AppearanceSection } from './AppearanceSection.tsx';
import { DemoSection } from './DemoSection.tsx';
import { SecuritySection } from './SecuritySection.tsx';
import classes from './SettingsDialog.module.css';
import { settingsStore, useSettings } from './settings.ts';

const sections = [
  { key: 'appearance', Content: AppearanceSection },
  { key: 'demo', Content: DemoSection },
  { key: 'security', Content: SecuritySection },
  { key: 'about', Content: AboutSection },
] as const;

const firstSection = sections[0].key;

/** Preferences, the demo database, and what is to be known about this app. */
export function SettingsDialog() {
  const opened = useSettings((store) => store.opened);
  return (
    <DialogWindow
      opened={opened}
      onClose={() => settingsStore.getState().close()}
      title={settingsText.title}
      size={680}
      closeOnClickOutside
      flush
    >
      <Tabs
        orientation="vertical"
        defaultValue={firstSection}
        classNames={{ root: classes.tabs, tabLabel: classes.tabLabel }}
      >
        <Tabs.List className={classes.list}>
          {sections.map(({ key }) => (
            <Tabs.Tab key={key} value={key} data-autofocus={key === firstSection || undefined}>
              {settingsText.sections[key]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {sections.map(({ key, Content }) => (
          <Tabs.Panel key={key} value={key} className={classes.panel}>
            <Content />
          </Tabs.Panel>
        ))}
      </Tabs>
    </DialogWindow>
  );
}
