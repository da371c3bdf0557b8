import { Tabs, TextInput } from '@mantine/core';
import { IconSearch, IconSettingsSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { EmptyState } from '../../components/EmptyState.tsx';
import frame from '../../components/TabFrame.module.css';
import { useFindTarget } from '../../lib/findCommand.ts';
import { settingsText } from '../../text/settings.ts';
import { type TabContentProps, tabsStore } from '../tabs/index.ts';
import classes from './Settings.module.css';
import {
  entriesOf,
  findEntries,
  type SettingsEntry,
  type SettingsSection,
  sections,
} from './settingsGroups.ts';

function Entries({ entries }: { entries: readonly SettingsEntry[] }) {
  return (
    <div className={classes.section}>
      {entries.map(({ key, Content }) => (
        <Content key={key} />
      ))}
    </div>
  );
}

function Found({ search }: { search: string }) {
  const entries = findEntries(search);
  if (entries.length === 0) {
    return (
      <EmptyState
        icon={<IconSettingsSearch size={28} stroke={1.5} />}
        title={settingsText.nothingFound(search.trim())}
        message={settingsText.nothingFoundHint}
      />
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is longer than the tab scrolls, by keyboard too
    <section className={classes.panel} aria-label={settingsText.foundTitle} tabIndex={0}>
      <Entries entries={entries} />
    </section>
  );
}

interface SectionsProps {
  readonly section: SettingsSection;
  readonly onSection: (section: SettingsSection) => void;
}

function Sections({ section, onSection }: SectionsProps) {
  return (
    <Tabs
      orientation="vertical"
      value={section}
      onChange={(value) => onSection(sections.find((one) => one === value) ?? section)}
      keepMounted={false}
      classNames={{ root: classes.tabs, tabLabel: classes.tabLabel }}
    >
      <Tabs.List className={classes.list} aria-label={settingsText.title}>
        {sections.map((one) => (
          <Tabs.Tab key={one} value={one}>
            {settingsText.sections[one]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {sections.map((one) => (
        <Tabs.Panel key={one} value={one} className={classes.panel}>
          <Entries entries={entriesOf(one)} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

/** Preferences, the demo database, how passwords are kept, and what is to be known about this app. */
export function SettingsTab({ tab, isActive }: TabContentProps<'settings'>) {
  const [search, setSearch] = useState('');
  const fieldRef = useRef<HTMLInputElement>(null);
  useFindTarget(() => fieldRef.current, isActive);
  useEffect(() => {
    if (isActive) fieldRef.current?.focus();
  }, [isActive]);
  return (
    <div className={frame.tab}>
      <header className={`${frame.bar} ${classes.bar}`}>
        <TextInput
          ref={fieldRef}
          size="xs"
          type="search"
          className={classes.search}
          aria-label={settingsText.search}
          placeholder={settingsText.search}
          leftSection={<IconSearch size={14} aria-hidden />}
          value={search}
          onChange={({ currentTarget: { value } }) => setSearch(value)}
          onKeyDown={({ key }) => {
            if (key === 'Escape') setSearch('');
          }}
        />
      </header>
      {search.trim() === '' ? (
        <Sections
          section={tab.section}
          onSection={(section) => tabsStore.getState().patch(tab.id, { section })}
        />
      ) : (
        <Found search={search} />
      )}
    </div>
  );
}
