import { Button, Loader, NativeSelect, TextInput } from '@mantine/core';
import { useId } from 'react';
import type { SourceColumn } from '../../../../../shared/model/columnTypes.ts';
import type { SourceShape } from '../../../../../shared/model/pipelineViews.ts';
import { EmptyState } from '../../../../components/EmptyState.tsx';
import { ErrorPanel } from '../../../../components/ErrorPanel.tsx';
import { setupText } from '../../../../text/pipelineSetup.ts';
import { useCapabilities, useDataSource } from '../../../connections/index.ts';
import { SqlField } from '../../../query/index.tsx';
import { Choice, ChoiceField } from '../Choice.tsx';
import { withoutSource } from '../form/columnForms.ts';
import { PreviewTable } from '../PreviewTable.tsx';
import { RelationSelect } from '../RelationFields.tsx';
import classes from '../Setup.module.css';
import { ConnectNotice, SourceSelect } from '../SourceSelect.tsx';
import { useFault, useSetup } from '../setupContext.ts';
import { FilterFields } from './FilterFields.tsx';

const words = setupText.source;

const isTime = ({ type: { type } }: SourceColumn): boolean => type === 'timestamp' || type === 'date';

function QueryPart() {
  const { form, change, shape } = useSetup();
  const fault = useFault('query');
  const kind = useDataSource(form.sourceId)?.dataSource.engine.kind;
  const hintId = useId();
  if (kind === undefined) return null;
  return (
    <div className={classes.field}>
      <span className={classes.label}>{words.query}</span>
      <div className={classes.editor} data-wrong={fault !== null || undefined}>
        <SqlField
          kind={kind}
          label={words.query}
          value={form.query}
          onChange={(query) => change({ query })}
          onRun={shape.read}
        />
      </div>
      <p id={hintId} className={classes.hint}>
        {words.queryHint}
      </p>
      {fault !== null && <p className={classes.fault}>{fault}</p>}
      <Button
        size="xs"
        variant="default"
        className={classes.own}
        aria-describedby={hintId}
        disabled={form.query.trim() === ''}
        loading={shape.isReading}
        onClick={shape.read}
      >
        {words.readQuery}
      </Button>
    </div>
  );
}

function WhatPart() {
  const { form, change } = useSetup();
  const capabilities = useCapabilities(form.sourceId);
  const fault = useFault('relation');
  return (
    <>
      {capabilities?.sql === true && (
        <Choice
          label={words.what}
          value={form.sourceType}
          choices={words.kinds}
          onChange={(sourceType) => change({ sourceType })}
        />
      )}
      {form.sourceType === 'query' ? (
        <QueryPart />
      ) : (
        <RelationSelect
          sourceId={form.sourceId}
          value={{ schema: form.schema, name: form.relation }}
          error={fault}
          onChange={({ schema, name }) => {
            // The destination is called as the source, unless it was called something else.
            const toTable = form.toTable === '' || form.toTable === form.relation ? name : form.toTable;
            change({ ...withoutSource(form), schema, relation: name, toTable });
          }}
        />
      )}
    </>
  );
}

function IncrementalFields() {
  const { form, change, shape } = useSetup();
  const cursorFault = useFault('cursor');
  const lookbackFault = useFault('lookback');
  const known = shape.shape?.cursors ?? [];
  const names = known.length > 0 ? known : form.shape.map(({ name }) => name);
  const cursor = form.shape.find(({ name }) => name === form.cursor);
  const isShown = form.cursor === '' || names.includes(form.cursor);
  return (
    <div className={classes.pair}>
      <NativeSelect
        label={words.cursor}
        description={words.cursorHint}
        value={form.cursor}
        data={['', ...(isShown ? names : [form.cursor, ...names])]}
        error={cursorFault}
        onChange={({ currentTarget }) => change({ cursor: currentTarget.value })}
      />
      <TextInput
        label={cursor !== undefined && !isTime(cursor) ? words.lookback.number : words.lookback.time}
        description={words.lookbackHint}
        inputMode="numeric"
        maxLength={10}
        value={form.lookback}
        error={lookbackFault}
        onChange={({ currentTarget }) => change({ lookback: currentTarget.value })}
      />
    </div>
  );
}

function rowCountText({ rowCount }: SourceShape): string {
  if (rowCount === null) return '';
  const { value, accuracy } = rowCount;
  return accuracy === 'exact'
    ? words.exact(value)
    : accuracy === 'estimate'
      ? words.estimate(value)
      : words.atLeast(value);
}

/** The first rows of the source, as it gives them. */
function Sample() {
  const { form, shape } = useSetup();
  const { shape: read, isReading, error } = shape;
  return (
    <section className={classes.aside} aria-label={setupText.preview}>
      <header className={classes.asideHead}>
        <h3 className={classes.asideTitle}>{setupText.preview}</h3>
        {read !== null && <span className={classes.dimmed}>{rowCountText(read)}</span>}
        {isReading && <Loader size={14} aria-label={setupText.reading} />}
      </header>
      {error !== null && (
        <div className={classes.padded}>
          <ErrorPanel error={error} onRetry={shape.read} />
        </div>
      )}
      {read !== null && (
        <PreviewTable
          label={setupText.preview}
          columns={read.columns.map(({ name, declared, type }) => ({
            name,
            type: declared,
            kind: type.type,
          }))}
          rows={read.sample}
        />
      )}
      {read === null && error === null && !isReading && (
        <EmptyState
          {...words.chooseFirst}
          title={form.sourceId === '' ? words.choose : words.chooseFirst.title}
        />
      )}
    </section>
  );
}

/** What is copied, and which rows of it. */
export function SourceStep() {
  const { form, change } = useSetup();
  const sourceFault = useFault('sourceId');
  return (
    <div className={classes.panes}>
      <div className={classes.fields}>
        <SourceSelect
          label={words.dataSource}
          value={form.sourceId}
          error={sourceFault}
          isOffered={() => true}
          onChange={(sourceId) =>
            change({ ...withoutSource(form), sourceId, sourceType: 'relation', schema: '', relation: '' })
          }
        />
        {form.sourceId !== '' && (
          <>
            <ConnectNotice id={form.sourceId} />
            <WhatPart />
            <ChoiceField
              label={words.reading}
              value={form.reading}
              choices={words.readings}
              onChange={(reading) => change({ reading })}
            />
            {form.reading === 'incremental' && <IncrementalFields />}
            <FilterFields />
          </>
        )}
      </div>
      <Sample />
    </div>
  );
}
