import { Button, Checkbox, TextInput, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useMemo, useState } from 'react';
import type { ApiDocument } from '../../../shared/model/requests.ts';
import type { Resource } from '../../../shared/model/resources.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { resourcesText } from '../../text/resources.ts';
import classes from './Import.module.css';
import { matchingOperations } from './operations.ts';

const words = resourcesText.import;
const rowHeightPx = 30;

export type Operation = ApiDocument['operations'][number];

interface OperationRowProps {
  readonly operation: Operation;
  readonly isChosen: boolean;
  /** It takes the place of a resource that is there. */
  readonly replaces: boolean;
  readonly onToggle: () => void;
}

function OperationRow({ operation, isChosen, replaces, onToggle }: OperationRowProps) {
  const { resource, warnings } = operation;
  return (
    <>
      <Checkbox
        size="xs"
        className={classes.check}
        checked={isChosen}
        onChange={onToggle}
        label={
          <span className={classes.operation} title={resource.description}>
            <span className={classes.operationName}>{resource.name}</span>
            <span className={classes.dimmed}>{resource.group}</span>
            <code className={classes.path}>
              {resource.method} {resource.path}
            </code>
            {replaces && <span className={classes.dimmed}>{words.replaces}</span>}
          </span>
        }
      />
      {warnings.length > 0 && (
        <Tooltip label={warnings.join('\n')} multiline maw={360} className={classes.warnings}>
          <span
            role="img"
            className={classes.warning}
            aria-label={`${words.warningsOf(resource.name)}: ${warnings.join(' ')}`}
          >
            <IconAlertTriangle size={15} aria-hidden />
          </span>
        </Tooltip>
      )}
    </>
  );
}

interface OperationListProps {
  readonly operations: readonly Operation[];
  readonly present: readonly Resource[];
  readonly chosen: ReadonlySet<Operation>;
  readonly onChoose: (chosen: ReadonlySet<Operation>) => void;
}

/** The operations of a document, of which a person chooses. A document may have 2,000: only those in view exist. */
export function OperationList({ operations, present, chosen, onChoose }: OperationListProps) {
  const [filter, setFilter] = useState('');
  const [viewport, setViewport] = useState<HTMLElement | null>(null);
  const attach = useCallback((element: HTMLElement | null) => setViewport(element), []);
  const shown = useMemo(() => matchingOperations(operations, filter), [operations, filter]);
  const names = useMemo(
    () => new Set(present.map(({ group, name }) => JSON.stringify([group, name]))),
    [present],
  );
  const virtualizer = useVirtualizer({
    count: shown.length,
    getScrollElement: () => viewport,
    estimateSize: () => rowHeightPx,
    overscan: 8,
  });
  const toggle = (operation: Operation) => {
    const next = new Set(chosen);
    if (!next.delete(operation)) next.add(operation);
    onChoose(next);
  };
  return (
    <>
      <div className={classes.tools}>
        <TextInput
          size="xs"
          className={classes.filter}
          aria-label={words.filter}
          placeholder={words.filter}
          leftSection={<IconSearch size={13} />}
          spellCheck={false}
          data-autofocus
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
        <Button size="compact-xs" variant="subtle" onClick={() => onChoose(new Set([...chosen, ...shown]))}>
          {words.all}
        </Button>
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => {
            const left = new Set(shown);
            onChoose(new Set([...chosen].filter((one) => !left.has(one))));
          }}
        >
          {words.none}
        </Button>
        <span role="status" className={classes.dimmed}>
          {words.selected(chosen.size, operations.length)}
        </span>
      </div>
      {shown.length === 0 ? (
        <EmptyState title={operations.length === 0 ? words.noOperations : words.noMatches} />
      ) : (
        <section ref={attach} className={classes.list} aria-label={words.operations}>
          <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
            {virtualizer.getVirtualItems().map(({ index, start }) => {
              const operation = shown[index];
              if (operation === undefined) return null;
              const { group, name } = operation.resource;
              return (
                <div
                  key={`${group}\n${name}`}
                  className={classes.row}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <OperationRow
                    operation={operation}
                    isChosen={chosen.has(operation)}
                    replaces={names.has(JSON.stringify([group, name]))}
                    onToggle={() => toggle(operation)}
                  />
                </div>
              );
            })}
          </div>
        </section>
      )}
    </>
  );
}
