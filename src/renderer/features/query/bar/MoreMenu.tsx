import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { TabOf } from '../../../../shared/model/tabs.ts';
import { shortcutText } from '../../../components/ShortcutHint.tsx';
import { runCommand } from '../../../lib/useCommandKeys.ts';
import { queryText } from '../../../text/query.ts';
import { settingsStore, useSettings } from '../../settings/index.ts';
import { tabsStore } from '../../tabs/index.ts';
import { useDesk } from '../session/deskContext.ts';
import { saveTab } from '../session/tabFiles.ts';

const words = queryText.settings;
/** Milliseconds; null: as the data source has it. */
const timeouts = [null, 10_000, 60_000, 600_000, 3_600_000, 86_400_000] as const;
const rowLimits = [null, 1_000, 10_000, 100_000, 1_000_000] as const;

const timeoutText = (timeoutMs: number | null): string => {
  if (timeoutMs === null) return words.timeoutDefault;
  return timeoutMs === 86_400_000 ? words.timeoutNever : words.timeoutOf(timeoutMs);
};

/** A choice of one number, or of none. */
const numberOf = (value: string): number | null => (value === '' ? null : Number(value));

function FileItems() {
  const desk = useDesk();
  return (
    <>
      <Menu.Item rightSection={shortcutText('Mod+O')} onClick={() => runCommand('query.openFile')}>
        {queryText.open}
      </Menu.Item>
      <Menu.Item rightSection={shortcutText('Mod+Shift+S')} onClick={() => void saveTab(desk, true)}>
        {queryText.saveAs}
      </Menu.Item>
      <Menu.Item rightSection={shortcutText('Mod+F')} onClick={() => desk.editor?.find()}>
        {queryText.find}
      </Menu.Item>
    </>
  );
}

/** The rest of what can be done in a query tab, and its settings. */
export function MoreMenu({ tab }: { readonly tab: TabOf<'query'> }) {
  const rowLimit = useSettings((store) => store.preferences.rowLimit);
  const { patch } = tabsStore.getState();
  const limits = [...new Set([...rowLimits, rowLimit])];
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <Tooltip label={queryText.more}>
          <ActionIcon aria-label={queryText.more}>
            <IconDots size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <FileItems />
        <Menu.Divider />
        <Menu.Sub>
          <Menu.Sub.Target>
            <Menu.Sub.Item>{words.onError}</Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown>
            <Menu.RadioGroup
              value={tab.onError}
              onChange={(value) => patch(tab.id, { onError: value === 'continue' ? 'continue' : 'stop' })}
            >
              <Menu.RadioItem value="stop">{words.stop}</Menu.RadioItem>
              <Menu.RadioItem value="continue">{words.continue}</Menu.RadioItem>
            </Menu.RadioGroup>
          </Menu.Sub.Dropdown>
        </Menu.Sub>
        <Menu.Sub>
          <Menu.Sub.Target>
            <Menu.Sub.Item>{words.timeout}</Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown>
            <Menu.RadioGroup
              value={String(tab.timeoutMs ?? '')}
              onChange={(value) => patch(tab.id, { timeoutMs: numberOf(value) })}
            >
              {timeouts.map((timeoutMs) => (
                <Menu.RadioItem key={timeoutMs} value={String(timeoutMs ?? '')}>
                  {timeoutText(timeoutMs)}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Sub.Dropdown>
        </Menu.Sub>
        <Menu.Sub>
          <Menu.Sub.Target>
            <Menu.Sub.Item>{words.rowLimit}</Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown>
            <Menu.RadioGroup
              value={String(rowLimit ?? '')}
              onChange={(value) =>
                void settingsStore.getState().setPreferences({ rowLimit: numberOf(value) })
              }
            >
              {limits.map((limit) => (
                <Menu.RadioItem key={limit} value={String(limit ?? '')}>
                  {limit === null ? words.noLimit : words.limitOf(limit)}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Sub.Dropdown>
        </Menu.Sub>
      </Menu.Dropdown>
    </Menu>
  );
}
