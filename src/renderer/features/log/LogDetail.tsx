import { Button } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { type LoggedError, type LogLine, writtenLine } from '../../../shared/model/log.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { type Fact, FactList } from '../../components/FactList.tsx';
import { formatExactMoment } from '../../lib/format.ts';
import { logText } from '../../text/log.ts';
import { connectionsStore } from '../connections/index.ts';
import classes from './Log.module.css';
import { causesOf } from './lineText.ts';
import { logStore, useLog } from './log.ts';

const nameOf = (id: string): string => connectionsStore.getState().byId[id]?.dataSource.name ?? id;

function factsOf({ at, level, scope, correlationId, fields }: LogLine): Fact[] {
  const { dataSourceId, ...others } = fields;
  const words = logText.facts;
  return [
    { label: words.time, value: formatExactMoment(at) },
    { label: words.level, value: logText.levels[level] },
    ...(scope === null ? [] : [{ label: words.module, value: scope }]),
    ...(correlationId === null ? [] : [{ label: words.operation, value: correlationId }]),
    ...(dataSourceId === undefined ? [] : [{ label: words.source, value: nameOf(String(dataSourceId)) }]),
    ...Object.entries(others).map(([label, value]) => ({ label, value: String(value) })),
  ];
}

function Cause({ cause, isFirst }: { cause: LoggedError; isFirst: boolean }) {
  const { name, code, message, stack } = cause;
  return (
    <div className={classes.cause}>
      <p className={classes.causeTitle}>
        {isFirst ? '' : `${logText.cause} `}
        {code === null ? name : `${name} ${code}`}: {message}
      </p>
      {stack !== undefined && <pre className={classes.stack}>{stack}</pre>}
    </div>
  );
}

/** The selected line, whole. */
export function LogDetail() {
  const selectedKey = useLog((store) => store.selectedKey);
  const line = useLog((store) => store.lines.find(({ key }) => key === selectedKey)?.line ?? null);
  if (line === null) return null;
  const { correlationId } = line;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too (WCAG 2.1.1)
    <section className={classes.detail} aria-label={logText.selected} tabIndex={0}>
      <div className={classes.detailBar}>
        <p className={classes.detailTitle}>{line.message}</p>
        {correlationId !== null && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconFilter size={14} />}
            onClick={() => logStore.getState().setFilter({ correlationId })}
          >
            {logText.sameOperation}
          </Button>
        )}
        <CopyButton size="xs" label={logText.copyLine} text={() => writtenLine(line)} />
      </div>
      <FactList facts={factsOf(line)} />
      {causesOf(line.error).map((cause, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: causes have nothing else that tells them apart, and never move
        <Cause key={index} cause={cause} isFirst={index === 0} />
      ))}
    </section>
  );
}
