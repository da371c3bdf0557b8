import { Combobox, ScrollArea, UnstyledButton, useCombobox, VisuallyHidden } from '@mantine/core';
import { IconChevronDown, IconLock } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { addressTextOf, engineOf } from '../../../../shared/engines/engines.ts';
import type { DataSource } from '../../../../shared/model/dataSource.ts';
import type { TabOf } from '../../../../shared/model/tabs.ts';
import { EnvironmentBadge } from '../../../components/EnvironmentBadge.tsx';
import { ReadOnlyMark } from '../../../components/ReadOnlyMark.tsx';
import { isConnected } from '../../../lib/sessionOf.ts';
import { queryText } from '../../../text/query.ts';
import { connectionsStore, matchesFilter, useConnections } from '../../connections/index.ts';
import { tabsStore } from '../../tabs/index.ts';
import { useDesk } from '../session/deskContext.ts';
import { settleTransaction } from '../session/useClosingGuard.ts';
import { useDataSourceOf } from '../session/useDataSourceOf.ts';
import classes from './QueryBar.module.css';

/** More are found by typing. */
const maxOptions = 100;
const words = queryText.source;

function ColourBar({ dataSource }: { readonly dataSource: DataSource }) {
  return (
    <span
      className={classes.colour}
      style={{ backgroundColor: `var(--mantine-color-${dataSource.color}-6)` }}
      aria-hidden
    />
  );
}

const speaksSql = ({ engine }: DataSource): boolean => engineOf(engine.kind).capabilities.sql;

function Options({ filter }: { readonly filter: string }) {
  const order = useConnections((store) => store.order);
  const byId = useConnections((store) => store.byId);
  const states = useConnections((store) => store.states);
  const databases = useConnections((store) => store.databases);
  const opened = Object.keys(databases).filter((id) => isConnected(states[id]));
  const found = [...order, ...opened]
    .flatMap((id) => byId[id] ?? [])
    .filter((summary) => speaksSql(summary.dataSource) && matchesFilter(summary, filter))
    .slice(0, maxOptions);
  if (found.length === 0)
    return <Combobox.Empty>{order.length === 0 ? words.empty : words.noMatch}</Combobox.Empty>;
  return found.map(({ dataSource }) => (
    <Combobox.Option key={dataSource.id} value={dataSource.id}>
      <span className={classes.option}>
        <ColourBar dataSource={dataSource} />
        <span className={classes.optionName} title={addressTextOf(dataSource.engine)}>
          {dataSource.name}
        </span>
        <EnvironmentBadge environment={dataSource.environment} short />
        {dataSource.readOnly && <IconLock size={13} className={classes.lock} aria-hidden />}
      </span>
    </Combobox.Option>
  ));
}

/** Its environment is said in words however little room there is. */
const isAtRisk = ({ environment }: DataSource): boolean =>
  environment === 'production' || environment === 'staging';

/** Where the tab runs its statements. */
export function SourceChooser({ tab }: { readonly tab: TabOf<'query'> }) {
  const desk = useDesk();
  const dataSource = useDataSourceOf(tab);
  const [filter, setFilter] = useState('');
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setFilter('');
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  });
  const { openDropdown } = combobox;
  useEffect(() => {
    desk.chooseSource = openDropdown;
  }, [desk, openDropdown]);
  const choose = async (id: string): Promise<void> => {
    combobox.closeDropdown();
    if (id === tab.sourceId || !(await settleTransaction(desk, 'switch'))) return;
    tabsStore.getState().patch(tab.id, { sourceId: id });
    void connectionsStore.getState().connect(id);
    desk.editor?.focus();
  };
  return (
    <Combobox store={combobox} width={300} position="bottom-end" onOptionSubmit={(id) => void choose(id)}>
      <Combobox.Target targetType="button">
        <UnstyledButton className={classes.source} onClick={() => combobox.toggleDropdown()}>
          <VisuallyHidden>{words.label}: </VisuallyHidden>
          {dataSource === null ? (
            <span className={`${classes.sourceName} ${classes.noSource}`}>{words.none}</span>
          ) : (
            <>
              <ColourBar dataSource={dataSource} />
              <span className={classes.sourceName}>{dataSource.name}</span>
              <span className={classes.badges}>
                <span className={isAtRisk(dataSource) ? undefined : classes.spare}>
                  <EnvironmentBadge environment={dataSource.environment} />
                </span>
                {dataSource.readOnly && <ReadOnlyMark />}
              </span>
            </>
          )}
          <IconChevronDown size={12} className={classes.lock} aria-hidden />
        </UnstyledButton>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={filter}
          onChange={(event) => {
            setFilter(event.currentTarget.value);
            combobox.updateSelectedOptionIndex();
          }}
          placeholder={words.search}
          aria-label={words.search}
        />
        <Combobox.Options aria-label={words.label}>
          <ScrollArea.Autosize mah={280} type="scroll">
            <Options filter={filter} />
          </ScrollArea.Autosize>
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
