import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { TabOf } from '../../../../shared/model/tabs.ts';
import { shortcutText } from '../../../components/ShortcutHint.tsx';
import { runCommand } from '../../../lib/useCommandKeys.ts';
import { queryText } from '../../../text/query.ts';
import { rowLimitChoices, settingsStore, useSettings } from '../../settings/index.tsx';
import { tabsStore } from '../../tabs/index.ts';
import { useDesk } from '../session/deskContext.ts';
import { formatTab } from '../session/formatTab.ts';
import { saveTab } from '../session/tabFiles.ts';

const words = queryText.settings;
/** Milliseconds; null: as the data source has it. */
const timeouts = [null, 10_000, 60_000, 600_000, 3_600_000, 86_400_000] as const;

const timeoutText = (timeoutMs: number | null): string => {
  if (timeoutMs === null) return words.timeoutDefault;
  return timeoutMs === 86_400_000 ? words.timeoutNever : words.timeoutOf(timeoutMs);
};

interface ChoicesProps<Value> {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly Value[];
  readonly textOf: (choice: Value) => string;
  readonly onChange: (choice: Value) => void;
}

/** A setting of which one of several values holds, in a menu of its own. */
function Choices<Value extends string | number | null>(props: ChoicesProps<Value>) {
  const { label, value, choices, textOf, onChange } = props;
  const keyOf = (choice: Value): string => String(choice ?? '');
  const choose = (key: string): void => {
    const chosen = choices.find((choice) => keyOf(choice) === key);
    if (chosen !== undefined) onChange(chosen);
  };
  return (
    <Menu.Sub>
      <Menu.Sub.Target>
        <Menu.Sub.Item>{label}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>
        <Menu.RadioGroup value={keyOf(value)} onChange={choose}>
          {choices.map((choice) => (
            <Menu.RadioItem key={keyOf(choice)} value={keyOf(choice)} closeMenuOnClick>
              {textOf(choice)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}

/** Opens the set-up of a pipeline that copies what the query answers. */
function copyWithPipeline(sourceId: string | null, query: string): void {
  const start = JSON.stringify({ sourceId, sourceType: 'query', query });
  tabsStore.getState().openPipeline(null, '', 'setup', start);
}

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
      <Menu.Divider />
      <Menu.Item rightSection={shortcutText('Mod+F')} onClick={() => desk.editor?.find()}>
        {queryText.find}
      </Menu.Item>
      <Menu.Item rightSection={shortcutText('Mod+Shift+F')} onClick={() => void formatTab(desk)}>
        {queryText.format}
      </Menu.Item>
      <Menu.Item onClick={() => void tabsStore.getState().openHistory()}>{queryText.history}</Menu.Item>
    </>
  );
}

/** The rest of what can be done in a query tab, and its settings. */
export function MoreMenu({ tab }: { readonly tab: TabOf<'query'> }) {
  const desk = useDesk();
  const rowLimit = useSettings((store) => store.preferences.rowLimit);
  const { patch } = tabsStore.getState();
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
        {tab.sourceId !== null && (
          <>
            <Menu.Item onClick={() => copyWithPipeline(tab.sourceId, desk.editor?.text() ?? '')}>
              {queryText.newPipeline}
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        <Choices
          label={words.onError}
          value={tab.onError}
          choices={['stop', 'continue']}
          textOf={(onError) => words[onError]}
          onChange={(onError) => patch(tab.id, { onError })}
        />
        <Choices
          label={words.timeout}
          value={tab.timeoutMs}
          choices={timeouts}
          textOf={timeoutText}
          onChange={(timeoutMs) => patch(tab.id, { timeoutMs })}
        />
        <Choices
          label={words.rowLimit}
          value={rowLimit}
          choices={rowLimitChoices(rowLimit)}
          textOf={(limit) => (limit === null ? words.noLimit : words.limitOf(limit))}
          onChange={(limit) => void settingsStore.getState().setPreferences({ rowLimit: limit })}
        />
      </Menu.Dropdown>
    </Menu>
  );
}
