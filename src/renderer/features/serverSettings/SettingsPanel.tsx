import { Checkbox, Tooltip } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { ServerSetting } from '../../../shared/model/serverSettings.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import frame from '../../components/TabFrame.module.css';
import { call } from '../../lib/api.ts';
import { useFindTarget } from '../../lib/findCommand.ts';
import { useLoadable } from '../../lib/useLoadable.ts';
import { useRefreshCommand } from '../../lib/useRefreshCommand.ts';
import { serverSettingsText as words } from '../../text/serverSettings.ts';
import { DetailPanel } from '../schema/index.ts';
import { SettingDetail } from './SettingDetail.tsx';
import { SettingsList } from './SettingsList.tsx';
import classes from './SettingsPanel.module.css';
import { type SettingColumn, type SettingSort, settingsText, shownSettings } from './settingRows.ts';

interface SettingsViewProps {
  readonly settings: readonly ServerSetting[];
  readonly isActive: boolean;
}

const byName: SettingSort = { column: 'name', isDescending: false };

/** How a person looks at the settings. */
function useSettingsView(settings: readonly ServerSetting[]) {
  const [search, setSearch] = useState('');
  const [onlyChanged, setOnlyChanged] = useState(false);
  const [sort, setSort] = useState(byName);
  const [selectedName, select] = useState<string | null>(null);
  const shown = useMemo(
    () => shownSettings(settings, { search, onlyChanged, sort }),
    [settings, search, onlyChanged, sort],
  );
  const sortBy = (column: SettingColumn): void =>
    setSort({ column, isDescending: sort.column === column && !sort.isDescending });
  const selected = settings.find(({ name }) => name === selectedName) ?? null;
  return { search, setSearch, onlyChanged, setOnlyChanged, sort, sortBy, shown, selected, select };
}

function SettingsView({ settings, isActive }: SettingsViewProps) {
  const view = useSettingsView(settings);
  const { search, setSearch, onlyChanged, setOnlyChanged, shown, selected, select } = view;
  const searchRef = useRef<HTMLInputElement>(null);
  useFindTarget(() => searchRef.current, isActive);
  return (
    <>
      <div className={`${frame.bar} ${classes.bar}`}>
        <SearchField
          ref={searchRef}
          className={classes.search}
          label={words.search}
          wanted={search}
          onSearch={setSearch}
          clearsWithEscape
        />
        <Tooltip label={words.onlyChangedHint} multiline maw={300}>
          <Checkbox
            className={classes.only}
            size="xs"
            label={words.onlyChanged}
            checked={onlyChanged}
            onChange={(event) => setOnlyChanged(event.currentTarget.checked)}
          />
        </Tooltip>
        <span className={frame.summary}>{words.summary(shown.length, settings.length)}</span>
        <CopyButton size="xs" label={words.copyAll} text={() => settingsText(shown)} />
      </div>
      <div className={frame.room}>
        <SettingsList
          settings={shown}
          totalCount={settings.length}
          hasSearch={search !== ''}
          selected={selected}
          sort={view.sort}
          onSort={view.sortBy}
          onSelect={select}
          onShowAll={() => {
            setSearch('');
            setOnlyChanged(false);
          }}
        />
      </div>
      {selected !== null && <SettingDetail setting={selected} onClose={() => select(null)} />}
    </>
  );
}

interface SettingsPanelProps {
  readonly id: DataSourceId;
  /** In front of the side that has the focus. */
  readonly isActive: boolean;
  readonly isConnected: boolean;
}

/** The settings of a server, where their values come from, and which of them somebody has changed. */
export function SettingsPanel({ id, isActive, isConnected }: SettingsPanelProps) {
  const control = useLoadable(id, (signal) => call('server.settings', { id }, { signal }), {
    isPaused: !isConnected,
  });
  useRefreshCommand(control.reload, isActive);
  return (
    <div className={frame.tab}>
      <DetailPanel detail={control}>
        {({ settings }) => <SettingsView settings={settings} isActive={isActive} />}
      </DetailPanel>
    </div>
  );
}
