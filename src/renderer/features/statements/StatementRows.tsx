import { Button, Menu } from '@mantine/core';
import { IconListSearch, IconReportAnalytics } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo } from 'react';
import type { DataSource } from '../../../shared/model/dataSource.ts';
import type { StatementPage } from '../../../shared/model/statementStatistics.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { RowTable } from '../../components/RowTable.tsx';
import { shortcutText } from '../../components/ShortcutHint.tsx';
import { matchesShortcut } from '../../lib/shortcut.ts';
import { useNow } from '../../lib/useNow.ts';
import { statementsText } from '../../text/statements.ts';
import { tabsText } from '../../text/tabs.ts';
import { tabsStore } from '../tabs/index.ts';
import { StatementCell } from './StatementCell.tsx';
import { columnsFor } from './statementColumns.ts';
import { statementsStore } from './statements.ts';
import type { SourceStatements } from './statementsState.ts';
import type { StatementActions } from './useStatementActions.ts';

/** How exact the age of a last run is. */
const nowEveryMs = 5_000;

interface StatementRowsProps {
  readonly dataSource: DataSource;
  readonly statements: SourceStatements & { readonly page: StatementPage };
  readonly actions: StatementActions;
}

/** Why there are no rows. */
function NoRows({ dataSource: { id }, statements: { page } }: Omit<StatementRowsProps, 'actions'>) {
  if (page.totalCount > 0) {
    return (
      <EmptyState
        icon={<IconListSearch size={28} stroke={1.5} />}
        title={statementsText.noMatch}
        actions={
          <Button size="xs" variant="default" onClick={() => statementsStore.getState().setSearch(id, '')}>
            {statementsText.clearSearch}
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      icon={<IconReportAnalytics size={28} stroke={1.5} />}
      {...statementsText.empty}
      actions={
        <Button size="xs" onClick={() => void tabsStore.getState().openQuery({ sourceId: id })}>
          {tabsText.newQuery}
        </Button>
      }
    />
  );
}

interface StatementMenuProps {
  readonly selected: string;
  readonly actions: StatementActions;
}

/** What can be done with a statement. */
function StatementMenu({ selected, actions }: StatementMenuProps) {
  return (
    <>
      <Menu.Item rightSection={shortcutText('Enter')} onClick={() => actions.open(selected)}>
        {statementsText.open}
      </Menu.Item>
      <Menu.Item rightSection={shortcutText('Mod+C')} onClick={() => actions.copy(selected)}>
        {statementsText.copy}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item onClick={actions.askReset}>{statementsText.reset.long}</Menu.Item>
    </>
  );
}

/** The statements, one a line. */
export function StatementRows({ dataSource, statements, actions }: StatementRowsProps) {
  const { id } = dataSource;
  const { page, selected, sort } = statements;
  const nowMs = useNow(true, nowEveryMs);
  const rows = useMemo(
    () =>
      page.statements.map((statement) => ({
        id: statement.fingerprint,
        key: statement.fingerprint,
        statement,
      })),
    [page],
  );
  const { select, sortBy } = statementsStore.getState();
  const onKey = ({ nativeEvent: press }: KeyboardEvent): boolean => {
    if (selected === null) return false;
    if (matchesShortcut(press, 'Escape')) actions.close();
    else if (matchesShortcut(press, 'Enter')) actions.open(selected);
    else if (matchesShortcut(press, 'mod+C')) actions.copy(selected);
    else return false;
    return true;
  };
  return (
    <RowTable
      label={statementsText.label}
      rows={rows}
      columns={columnsFor(page)}
      columnLabel={(key) => statementsText.columns[key]}
      selectedId={selected}
      sort={sort}
      onSort={(column) => column !== 'trend' && sortBy(id, column)}
      onSelect={(row) => select(id, row?.id ?? null)}
      onOpen={(row) => actions.open(row.id)}
      onKey={onKey}
      cell={({ statement }, column) => (
        <StatementCell key={column.key} column={column} statement={statement} nowMs={nowMs} />
      )}
      empty={<NoRows dataSource={dataSource} statements={statements} />}
      menu={selected !== null && <StatementMenu selected={selected} actions={actions} />}
    />
  );
}
