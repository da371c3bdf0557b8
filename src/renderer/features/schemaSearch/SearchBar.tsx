import { ActionIcon, Button, Text, TextInput, Tooltip } from '@mantine/core';
import { IconDatabaseSearch } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect } from 'react';
import { useStore } from 'zustand';
import { engineOf } from '../../../shared/engines/engines.ts';
import type { DataSource } from '../../../shared/model/dataSource.ts';
import { maxSearchLength, type SearchQuery } from '../../../shared/model/schemaSearch.ts';
import { ColorMark } from '../../components/ColorMark.tsx';
import frame from '../../components/TabFrame.module.css';
import { useFindTarget } from '../../lib/findCommand.ts';
import { useIsSlow } from '../../lib/useIsSlow.ts';
import { schemaSearchText as words } from '../../text/schemaSearch.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { wantedSearch } from './openSearch.ts';
import classes from './Search.module.css';

interface SwitchProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly isDisabled?: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly children: ReactNode;
}

function Switch({ label, isOn, isDisabled = false, onChange, children }: SwitchProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        size={24}
        variant={isOn ? 'light' : 'subtle'}
        aria-label={label}
        aria-pressed={isOn}
        // Still pointed at: its hint says why it cannot be used.
        {...(isDisabled && { 'data-disabled': true, 'aria-disabled': true })}
        onClick={() => !isDisabled && onChange(!isOn)}
      >
        <span className={classes.sign} aria-hidden>
          {children}
        </span>
      </ActionIcon>
    </Tooltip>
  );
}

interface SearchBarProps {
  readonly source: DataSource;
  /** With the text as it is typed. */
  readonly query: SearchQuery;
  readonly fieldRef: RefObject<HTMLInputElement | null>;
  readonly isActive: boolean;
  readonly isRunning: boolean;
  readonly canSearch: boolean;
  readonly onText: (text: string) => void;
  readonly onSearch: () => void;
  readonly onChange: (change: Partial<SearchQuery>) => void;
  readonly onCancel: () => void;
  /** To the results. */
  readonly onLeaveDown: () => void;
}

/** What is looked for, and how. */
export function SearchBar(props: SearchBarProps) {
  const { source, query, fieldRef, isActive, isRunning, canSearch } = props;
  const { onText, onSearch, onChange, onCancel, onLeaveDown } = props;
  const canUseRegex = engineOf(source.engine.kind).capabilities.regexSearch;
  // What comes at once needs no way to give it up: the button would only flash.
  const isSlow = useIsSlow(isRunning);
  useFindTarget(() => fieldRef.current, isActive);
  const isWanted = useStore(wantedSearch, ({ sourceId }) => sourceId === source.id) && isActive;
  useEffect(() => {
    if (!isWanted) return;
    wantedSearch.setState({ sourceId: null });
    fieldRef.current?.select();
  }, [isWanted, fieldRef]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') onSearch();
    else if (event.key === 'ArrowDown') onLeaveDown();
    else if (event.key === 'Escape' && isRunning) onCancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={`${frame.bar} ${classes.bar}`} data-environment={source.environment}>
      <ColorMark color={source.color} />
      <Text component="h2" className={classes.name} title={source.name}>
        {source.name}
      </Text>
      <TextInput
        ref={fieldRef}
        className={classes.field}
        size="xs"
        value={query.text}
        maxLength={maxSearchLength}
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        aria-label={words.field}
        placeholder={words.placeholder}
        leftSection={<IconDatabaseSearch size={14} aria-hidden />}
        spellCheck={false}
      />
      <div className={classes.switches}>
        <Switch
          label={words.matchCase}
          isOn={query.matchesCase}
          onChange={(matchesCase) => onChange({ matchesCase })}
        >
          Aa
        </Switch>
        <Switch
          label={canUseRegex ? words.regex : words.noRegex}
          isOn={query.isRegex && canUseRegex}
          isDisabled={!canUseRegex}
          onChange={(isRegex) => onChange({ isRegex })}
        >
          .*
        </Switch>
      </div>
      {isSlow ? (
        <Button size="xs" miw={76} variant="default" onClick={onCancel}>
          {vocabulary.cancel}
        </Button>
      ) : (
        <Button size="xs" miw={76} disabled={!canSearch || query.text === ''} onClick={onSearch}>
          {words.search}
        </Button>
      )}
    </div>
  );
}
