import { Button, CloseButton, TextInput, Tooltip } from '@mantine/core';
import { IconRestore, IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useRef } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import frame from '../../components/TabFrame.module.css';
import { useFindTarget } from '../../lib/findCommand.ts';
import { statementsText } from '../../text/statements.ts';
import classes from './StatementsPanel.module.css';
import { statementsStore } from './statements.ts';
import type { SourceStatements } from './statementsState.ts';

interface StatementsBarProps {
  readonly id: DataSourceId;
  readonly statements: SourceStatements;
  readonly isActive: boolean;
  /** To the rows. */
  readonly onLeave: () => void;
  readonly onReset: () => void;
}

/** What is listed, and beginning anew. */
export function StatementsBar({ id, statements, isActive, onLeave, onReset }: StatementsBarProps) {
  const { page, search } = statements;
  const inputRef = useRef<HTMLInputElement>(null);
  const { setSearch } = statementsStore.getState();
  useFindTarget(() => inputRef.current, isActive);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && search !== '') {
      event.stopPropagation();
      setSearch(id, '');
    } else if (event.key === 'ArrowDown' || event.key === 'Enter') {
      event.preventDefault();
      onLeave();
    }
  };
  return (
    <div className={`${frame.bar} ${classes.bar}`}>
      <TextInput
        ref={inputRef}
        className={classes.search}
        size="xs"
        value={search}
        maxLength={200}
        onChange={(event) => setSearch(id, event.currentTarget.value)}
        onKeyDown={onKeyDown}
        aria-label={statementsText.search}
        placeholder={statementsText.search}
        leftSection={<IconSearch size={14} aria-hidden />}
        rightSection={
          search !== '' && (
            <CloseButton
              size="sm"
              aria-label={statementsText.clearSearch}
              onClick={() => setSearch(id, '')}
            />
          )
        }
        spellCheck={false}
      />
      <Tooltip label={statementsText.summaryHint} multiline maw={300}>
        <span className={frame.summary}>{page !== null && statementsText.summary(page)}</span>
      </Tooltip>
      <Button
        size="xs"
        variant="default"
        className={classes.reset}
        leftSection={<IconRestore size={14} />}
        disabled={page === null || page.totalCount === 0}
        onClick={onReset}
      >
        {statementsText.reset.action}
      </Button>
    </div>
  );
}
