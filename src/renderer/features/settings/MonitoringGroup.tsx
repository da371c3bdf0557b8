import { Button, Switch, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { type MonitoringStatus, monitoringSettingsSchema } from '../../../shared/model/monitoring.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { FactList } from '../../components/FactList.tsx';
import { Notice } from '../../components/Notice.tsx';
import { formatSince } from '../../lib/format.ts';
import { useNow } from '../../lib/useNow.ts';
import { monitoringText as words } from '../../text/monitoring.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { CopyableValue } from './CopyableValue.tsx';
import { monitoringStore, useMonitoring } from './monitoring.ts';
import classes from './Settings.module.css';
import { SettingsGroup } from './SettingsGroup.tsx';

const portSchema = monitoringSettingsSchema.shape.port;
/** How long ago it was read is told in seconds. */
const ageTickMs = 1_000;

/** What the text says, or null while it is no port. */
function portOf(text: string): number | null {
  const parsed = /^\d{1,5}$/.test(text.trim()) ? portSchema.safeParse(Number(text)) : null;
  return parsed?.success === true ? parsed.data : null;
}

/** Takes effect with Enter, and when the field is left. */
function PortField({ port }: { port: number }) {
  const [text, setText] = useState(String(port));
  const wanted = portOf(text);
  useEffect(() => setText(String(port)), [port]);
  const apply = () => {
    if (wanted !== null && wanted !== port) void monitoringStore.getState().configure({ port: wanted });
  };
  return (
    <TextInput
      className={classes.port}
      label={words.port}
      inputMode="numeric"
      maxLength={5}
      value={text}
      error={wanted === null && words.portInvalid}
      onChange={({ currentTarget: { value } }) => setText(value)}
      onBlur={apply}
      onKeyDown={({ key }) => {
        if (key === 'Enter') apply();
        if (key === 'Escape') setText(String(port));
      }}
    />
  );
}

function Problem({ status }: { status: MonitoringStatus }) {
  const refused = useMonitoring((store) => store.refused);
  const isWorking = useMonitoring((store) => store.isWorking);
  const error = refused?.error ?? (status.status === 'failed' ? status.error : null);
  if (error === null) return null;
  return (
    <ErrorPanel
      error={error}
      actions={
        <Button variant="default" loading={isWorking} onClick={() => void monitoringStore.getState().retry()}>
          {vocabulary.tryAgain}
        </Button>
      }
    />
  );
}

function Listening({ status }: { status: Extract<MonitoringStatus, { status: 'listening' }> }) {
  const { address, isTokenKept, lastScrapeAt } = status;
  const now = useNow(lastScrapeAt !== null, ageTickMs);
  const { copyScrapeConfig, renewToken } = monitoringStore.getState();
  return (
    <>
      {!isTokenKept && <Notice tone="warning">{words.notKept}</Notice>}
      <FactList
        facts={[
          { label: words.address, value: <CopyableValue value={address} copyLabel={words.copyAddress} /> },
          { label: words.token, value: isTokenKept ? words.tokenKept : words.tokenOfThisRun },
          {
            label: words.lastScrape,
            value: lastScrapeAt === null ? words.never : formatSince(lastScrapeAt, now),
          },
        ]}
      />
      <div className={classes.buttons}>
        <Button variant="default" onClick={() => void copyScrapeConfig()}>
          {words.copyConfig}
        </Button>
        <Button variant="default" onClick={() => void renewToken()}>
          {words.renew}
        </Button>
      </div>
    </>
  );
}

function Endpoint({ status }: { status: MonitoringStatus }) {
  return (
    <SettingsGroup heading={words.heading}>
      <Switch
        label={words.isOn}
        description={words.isOnHint}
        checked={status.status !== 'off'}
        onChange={(event) => void monitoringStore.getState().configure({ isOn: event.currentTarget.checked })}
      />
      <PortField port={status.port} />
      <Problem status={status} />
      {status.status === 'listening' && <Listening status={status} />}
    </SettingsGroup>
  );
}

/** Whether Prometheus may read Mooring's metrics, and what it needs for that. */
export function MonitoringGroup() {
  const status = useMonitoring((store) => store.status);
  useEffect(() => monitoringStore.getState().forgetRefusal, []);
  return (
    <>
      {status !== null && <Endpoint status={status} />}
      <SettingsGroup heading={words.filesHeading}>
        <p className={classes.text}>{words.files}</p>
        <Button
          variant="default"
          className={classes.action}
          onClick={() => void monitoringStore.getState().showFiles()}
        >
          {words.showFiles}
        </Button>
      </SettingsGroup>
    </>
  );
}
