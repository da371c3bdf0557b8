import { Button, Menu, Tooltip } from '@mantine/core';
import { IconChevronDown, IconPinned } from '@tabler/icons-react';
import type { TabOf } from '../../../../shared/model/tabs.ts';
import { queryText } from '../../../text/query.ts';
import { tabsStore } from '../../tabs/index.ts';
import { isRunning, transactionOf } from '../session/createQueryStore.ts';
import { useDesk, useQuery } from '../session/deskContext.ts';
import classes from './QueryBar.module.css';

const words = queryText.transaction;

function CommitMode({ tab }: { readonly tab: TabOf<'query'> }) {
  const choose = (commit: TabOf<'query'>['commit']) => tabsStore.getState().patch(tab.id, { commit });
  return (
    <Menu position="bottom-start" width={280}>
      <Menu.Target>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          className={classes.mode}
          rightSection={<IconChevronDown size={12} />}
          aria-label={`${words.mode}: ${words[tab.commit]}`}
        >
          {words[tab.commit]}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={tab.commit}
          onChange={(value) => choose(value === 'manual' ? 'manual' : 'auto')}
        >
          <Menu.RadioItem value="auto" closeMenuOnClick>
            {words.auto}
            <div className={classes.optionDetail}>{words.autoHint}</div>
          </Menu.RadioItem>
          <Menu.RadioItem value="manual" closeMenuOnClick>
            {words.manual}
            <div className={classes.optionDetail}>{words.manualHint}</div>
          </Menu.RadioItem>
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Says why the tab has a session for itself, where it has, and lets the person end it. */
function OwnSession() {
  const desk = useDesk();
  const running = useQuery(isRunning);
  const session = useQuery((store) => store.session);
  const holds = session?.holds.filter((reason) => reason !== 'transaction') ?? [];
  if (session === null || holds.length === 0) return null;
  const things = holds.map((reason) => words.holds[reason]);
  const hint = words.holding(things, session.backendId);
  const hasTransaction = session.transaction !== 'none';
  return (
    <Menu position="bottom-start" width={300}>
      <Menu.Target>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          px={6}
          leftSection={<IconPinned size={14} />}
          aria-label={`${words.session}. ${hint}`}
        >
          <span className={classes.sessionLabel}>{words.session}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.sessionHint}>{hint}</div>
        <Menu.Divider />
        <Menu.Item
          disabled={running || hasTransaction}
          onClick={() => void desk.store.getState().endSession()}
        >
          {words.endSession}
          <div className={classes.optionDetail}>
            {hasTransaction ? words.endTransactionFirst : words.endSessionHint(things)}
          </div>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Says that nothing lasts in the session of the tab, where a pooler lends another one to each transaction. */
function LentSession() {
  const isLent = useQuery((store) => store.session?.isLent === true);
  if (!isLent) return null;
  return (
    <Tooltip label={words.lentHint} multiline maw={320}>
      <span className={classes.state} aria-label={`${words.lent}. ${words.lentHint}`} role="note">
        {words.lent}
      </span>
    </Tooltip>
  );
}

/** How statements are committed, and the way out of an open transaction. */
export function TransactionControls({ tab }: { readonly tab: TabOf<'query'> }) {
  const desk = useDesk();
  const transaction = useQuery(transactionOf);
  const ending = useQuery((state) => state.ending);
  const running = useQuery(isRunning);
  const isFailed = transaction === 'failed';
  // The buttons go with the transaction: the keyboard goes back to the text.
  const end = (how: 'commit' | 'rollback') => {
    desk.editor?.focus();
    void desk.store.getState().endTransaction(how);
  };
  return (
    <div className={classes.transaction} data-open={transaction !== null || undefined}>
      <CommitMode tab={tab} />
      <OwnSession />
      <LentSession />
      {transaction !== null && (
        <>
          <Tooltip label={words.failedHint} disabled={!isFailed} multiline maw={280}>
            <span role="status" className={classes.state} data-failed={isFailed || undefined}>
              {isFailed ? words.failed : words.open}
            </span>
          </Tooltip>
          <Button
            size="xs"
            variant="default"
            disabled={running || isFailed}
            loading={ending === 'commit'}
            onClick={() => end('commit')}
          >
            {words.commit}
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={running}
            loading={ending === 'rollback'}
            onClick={() => end('rollback')}
          >
            {words.rollback}
          </Button>
        </>
      )}
    </div>
  );
}
