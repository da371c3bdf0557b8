import { Button, Loader, Switch, Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ResourcePreview } from '../../../../shared/model/requests.ts';
import { AnswerBody } from '../../../components/api/AnswerBody.tsx';
import { AnswerSummary, SentRequest } from '../../../components/api/AnswerFacts.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorPanel } from '../../../components/ErrorPanel.tsx';
import { Notice } from '../../../components/Notice.tsx';
import { ShortcutHint } from '../../../components/ShortcutHint.tsx';
import { useIsSlow } from '../../../lib/useIsSlow.ts';
import { resourcesText } from '../../../text/resources.ts';
import classes from './Effect.module.css';
import { NextPage } from './NextPage.tsx';
import { RecordsTable } from './RecordsTable.tsx';
import type { EffectControl } from './useEffectControl.ts';

const words = resourcesText.effect;
const parts = ['records', 'body', 'request', 'next'] as const;

function EffectBar({ control }: { readonly control: EffectControl }) {
  const { isAsking, isLive, canBeLive, isPossible, ask, cancel, setLive } = control;
  const isSlow = useIsSlow(isAsking);
  return (
    <div className={classes.bar}>
      <Button
        size="xs"
        variant="default"
        disabled={!isPossible && !isAsking}
        leftSection={isSlow ? <Loader size={12} /> : undefined}
        title=""
        onClick={isAsking ? cancel : ask}
      >
        {isAsking ? words.cancel : <ShortcutHint label={words.refresh} shortcut="Mod+Enter" />}
      </Button>
      <Switch
        size="xs"
        label={words.live}
        title={canBeLive ? undefined : words.liveHint}
        disabled={!canBeLive}
        checked={isLive}
        onChange={(event) => setLive(event.currentTarget.checked)}
      />
    </div>
  );
}

function Warnings({ warnings }: { readonly warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <ul className={classes.warnings} aria-label={words.warnings}>
      {warnings.map((warning) => (
        <li key={warning}>
          <Notice tone="warning">{warning}</Notice>
        </li>
      ))}
    </ul>
  );
}

function partOf(part: (typeof parts)[number], preview: ResourcePreview): ReactNode {
  const [first] = preview.answers;
  if (part === 'records') return <RecordsTable preview={preview} />;
  if (part === 'next') return <NextPage preview={preview} />;
  if (first === undefined) return <EmptyState title={words.noAnswer} />;
  return part === 'body' ? <AnswerBody answer={first} /> : <SentRequest answer={first} />;
}

function PreviewParts({ preview }: { readonly preview: ResourcePreview }) {
  const [first] = preview.answers;
  return (
    <>
      <div className={classes.outcome}>
        {first !== undefined && <AnswerSummary answer={first} />}
        {preview.error !== null && <ErrorPanel error={preview.error} />}
        <Warnings warnings={preview.warnings} />
      </div>
      <Tabs
        className={classes.tabs}
        defaultValue={preview.error === null ? 'records' : 'body'}
        keepMounted={false}
      >
        <Tabs.List px={8} aria-label={words.partsLabel}>
          {parts.map((part) => (
            <Tabs.Tab key={part} value={part}>
              {words.parts[part]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {parts.map((part) => (
          <Tabs.Panel key={part} value={part} className={classes.panel}>
            {partOf(part, preview)}
          </Tabs.Panel>
        ))}
      </Tabs>
    </>
  );
}

/** What the settings make of a real answer: records, body, request, and what leads to the next page. */
export function EffectPane({ control }: { readonly control: EffectControl }) {
  const { preview, error, isOld, isAsking, isPossible } = control;
  return (
    <section className={classes.pane} aria-label={resourcesText.effectPane} aria-busy={isAsking}>
      <EffectBar control={control} />
      {isOld && !isAsking && (
        <p className={classes.old} role="status">
          {isPossible ? words.old : words.invalid}
        </p>
      )}
      {error !== null && (
        <div className={classes.outcome}>
          <ErrorPanel error={error} />
        </div>
      )}
      {preview !== null && <PreviewParts preview={preview} />}
      {preview === null && error === null && (
        <EmptyState
          title={isAsking ? words.asking : words.empty.title}
          message={isAsking ? undefined : words.empty.message}
        />
      )}
    </section>
  );
}
