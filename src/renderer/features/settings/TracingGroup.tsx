import { Button, NativeSelect, Switch, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { maxEndpointLength, tracesUrlOf } from '../../../shared/model/traceEndpoint.ts';
import type { TracingSettings, TracingStatus } from '../../../shared/model/tracing.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { FactList } from '../../components/FactList.tsx';
import { Notice } from '../../components/Notice.tsx';
import { formatCount, formatSince } from '../../lib/format.ts';
import { useNow } from '../../lib/useNow.ts';
import { tracingText as words } from '../../text/tracing.ts';
import classes from './Settings.module.css';
import { SettingsGroup } from './SettingsGroup.tsx';
import { TraceHeaderField } from './TraceHeaderField.tsx';
import { tracingStore, useTracing } from './tracing.ts';

const offeredShares = [100, 50, 25, 10, 5, 1];
/** How long ago spans were sent is told in seconds. */
const ageTickMs = 1_000;

const configure = (change: Partial<TracingSettings>) => void tracingStore.getState().configure(change);

/** Takes effect with Enter, and when the field is left. */
function EndpointField({ endpoint }: { endpoint: string | null }) {
  const kept = endpoint ?? '';
  const [text, setText] = useState(kept);
  const wanted = text.trim();
  const isValid = wanted === '' || tracesUrlOf(wanted) !== null;
  useEffect(() => setText(kept), [kept]);
  const apply = () => {
    if (isValid && wanted !== kept) configure({ endpoint: wanted === '' ? null : wanted });
  };
  return (
    <TextInput
      label={words.endpoint}
      description={words.endpointHint}
      placeholder={words.endpointExample}
      maxLength={maxEndpointLength}
      spellCheck={false}
      value={text}
      error={!isValid && words.endpointInvalid}
      onChange={({ currentTarget: { value } }) => setText(value)}
      onBlur={apply}
      onKeyDown={({ key }) => {
        if (key === 'Enter') apply();
        if (key === 'Escape') setText(kept);
      }}
    />
  );
}

function ShareField({ sharePercent }: { sharePercent: number }) {
  const shares = [...new Set([...offeredShares, sharePercent])].sort((one, other) => other - one);
  return (
    <NativeSelect
      className={classes.action}
      label={words.share}
      data={shares.map((share) => ({ value: String(share), label: words.shareOf(share) }))}
      value={String(sharePercent)}
      onChange={({ currentTarget: { value } }) => configure({ sharePercent: Number(value) })}
    />
  );
}

/** What was refused last; else why spans wait. */
function Problem({ status }: { status: TracingStatus }) {
  const refused = useTracing((store) => store.refused);
  const error = refused ?? status.delivery?.problem ?? null;
  return error !== null && <ErrorPanel error={error} />;
}

function Delivery({ delivery }: { delivery: NonNullable<TracingStatus['delivery']> }) {
  const { sentCount, droppedCount, waitingCount, lastSentAt } = delivery;
  const tested = useTracing((store) => store.tested);
  const isTesting = useTracing((store) => store.isTesting);
  const now = useNow(lastSentAt !== null, ageTickMs);
  return (
    <>
      <FactList
        facts={[
          { label: words.sent, value: formatCount(sentCount) },
          { label: words.dropped, value: words.droppedHint(droppedCount) },
          { label: words.waiting, value: formatCount(waitingCount) },
          { label: words.lastSent, value: lastSentAt === null ? words.never : formatSince(lastSentAt, now) },
        ]}
      />
      <Button
        variant="default"
        className={classes.action}
        loading={isTesting}
        onClick={() => void tracingStore.getState().sendTest()}
      >
        {words.test}
      </Button>
      {tested !== null && (
        <Notice tone="success">{words.testPassed(tested.httpStatus, tested.durationMs)}</Notice>
      )}
    </>
  );
}

function Collector({ status }: { status: TracingStatus }) {
  const { delivery, header, settings } = status;
  return (
    <SettingsGroup heading={words.heading}>
      <Switch
        label={words.isOn}
        description={words.isOnHint}
        checked={settings.isOn}
        onChange={({ currentTarget: { checked } }) => configure({ isOn: checked })}
      />
      <EndpointField endpoint={settings.endpoint} />
      <ShareField sharePercent={settings.sharePercent} />
      {delivery !== null && <TraceHeaderField key={settings.endpoint} header={header} />}
      {delivery !== null && <Delivery delivery={delivery} />}
      <Problem status={status} />
    </SettingsGroup>
  );
}

function Servers({ settings }: { settings: TracingSettings }) {
  return (
    <SettingsGroup heading={words.serversHeading}>
      <p className={classes.text}>{words.serversHint}</p>
      <Switch
        label={words.inComment}
        description={words.inCommentHint}
        checked={settings.inComment}
        disabled={!settings.isOn}
        onChange={({ currentTarget: { checked } }) => configure({ inComment: checked })}
      />
      <Switch
        label={words.inApplicationName}
        description={words.inApplicationNameHint}
        checked={settings.inApplicationName}
        disabled={!settings.isOn}
        onChange={({ currentTarget: { checked } }) => configure({ inApplicationName: checked })}
      />
    </SettingsGroup>
  );
}

/** Whether what Mooring does is traced, where the spans go, and what database servers are told of them. */
export function TracingGroup() {
  const status = useTracing((store) => store.status);
  useEffect(() => tracingStore.getState().forget, []);
  return (
    status !== null && (
      <>
        <Collector status={status} />
        <Servers settings={status.settings} />
      </>
    )
  );
}
