// biome-ignore-all lint/a11y/useSemanticElements: only the rows in view exist, which a table's own layout cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the table has the focus
import { Button, Menu } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo } from 'react';
import type { ServerSetting } from '../../../shared/model/serverSettings.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { RowTable } from '../../components/RowTable.tsx';
import { shortcutText } from '../../components/ShortcutHint.tsx';
import { copyText } from '../../lib/copyText.ts';
import { matchesShortcut } from '../../lib/shortcut.ts';
import { serverSettingsText as words } from '../../text/serverSettings.ts';
import classes from './SettingsPanel.module.css';
import {
  type SettingColumn,
  type SettingSort,
  settingCell,
  settingColumns,
  settingLine,
} from './settingRows.ts';

interface SettingsListProps {
  /** Those that are shown, in their order. */
  readonly settings: readonly ServerSetting[];
  readonly totalCount: number;
  readonly hasSearch: boolean;
  readonly selected: ServerSetting | null;
  readonly sort: SettingSort;
  readonly onSort: (column: SettingColumn) => void;
  readonly onSelect: (name: string | null) => void;
  readonly onShowAll: () => void;
}

/** Why there are no rows. */
function NoSettings({ totalCount, hasSearch, onShowAll }: SettingsListProps) {
  const icon = <IconAdjustmentsHorizontal size={28} stroke={1.5} />;
  if (totalCount === 0) return <EmptyState icon={icon} title={words.none} />;
  const showAll = (
    <Button size="xs" variant="default" onClick={onShowAll}>
      {words.showAll}
    </Button>
  );
  return hasSearch ? (
    <EmptyState icon={icon} title={words.noMatch} actions={showAll} />
  ) : (
    <EmptyState icon={icon} title={words.noneChanged} message={words.noneChangedMessage} actions={showAll} />
  );
}

function lookOf(setting: ServerSetting, column: SettingColumn): string | undefined {
  if (column === 'description') return classes.quiet;
  if (column === 'source' && setting.source === 'default') return classes.quiet;
  const isFigure = column === 'value' || column === 'defaultValue';
  const parts = [isFigure && classes.value, column === 'value' && setting.isChanged && classes.changed];
  return parts.filter((part) => typeof part === 'string').join(' ') || undefined;
}

function Cell({ setting, column }: { readonly setting: ServerSetting; readonly column: SettingColumn }) {
  const text = settingCell(setting, column);
  return (
    <span role="gridcell" className={lookOf(setting, column)} title={text}>
      {column === 'value' && text === '' && setting.isChanged ? (
        <span className={classes.quiet}>{words.empty}</span>
      ) : (
        text
      )}
      {column === 'value' && setting.isPending && <span className={classes.pending}> {words.pending}</span>}
    </span>
  );
}

/** The settings, one a line. */
export function SettingsList(props: SettingsListProps) {
  const { settings, selected, sort, onSort, onSelect } = props;
  const rows = useMemo(
    () => settings.map((setting) => ({ id: setting.name, key: setting.name, setting })),
    [settings],
  );
  const onKey = ({ nativeEvent: press }: KeyboardEvent): boolean => {
    if (selected === null) return false;
    if (matchesShortcut(press, 'Escape')) onSelect(null);
    else if (matchesShortcut(press, 'mod+C')) copyText(settingLine(selected));
    else return false;
    return true;
  };
  return (
    <RowTable
      label={words.label}
      rows={rows}
      columns={settingColumns}
      columnLabel={(key) => words.columns[key]}
      selectedId={selected?.name ?? null}
      sort={sort}
      onSort={onSort}
      onSelect={(row) => onSelect(row?.id ?? null)}
      onKey={onKey}
      cell={({ setting }, { key }) => <Cell key={key} setting={setting} column={key} />}
      empty={<NoSettings {...props} />}
      menu={
        selected !== null && (
          <>
            <Menu.Item rightSection={shortcutText('Mod+C')} onClick={() => copyText(settingLine(selected))}>
              {words.copyLine}
            </Menu.Item>
            <Menu.Item onClick={() => copyText(selected.value ?? '')}>{words.copyValue}</Menu.Item>
            <Menu.Item onClick={() => copyText(selected.name)}>{words.copyName}</Menu.Item>
          </>
        )
      }
    />
  );
}
