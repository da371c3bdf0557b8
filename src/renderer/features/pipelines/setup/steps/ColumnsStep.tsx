import { Button, Loader, Menu } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { EmptyState } from '../../../../components/EmptyState.tsx';
import { ErrorPanel } from '../../../../components/ErrorPanel.tsx';
import { SearchField } from '../../../../components/SearchField.tsx';
import { call } from '../../../../lib/api.ts';
import { isConnected } from '../../../../lib/sessionOf.ts';
import { setupText } from '../../../../text/pipelineSetup.ts';
import { useSourceState } from '../../../connections/index.ts';
import { addedColumn } from '../form/columnForms.ts';
import { PreviewTable } from '../PreviewTable.tsx';
import classes from '../Setup.module.css';
import { ConnectNotice } from '../SourceSelect.tsx';
import { useFault, useSetup } from '../setupContext.ts';
import { useDraftLoad } from '../useDraftLoad.ts';
import { MappingTable } from './MappingTable.tsx';

const words = setupText.columns;
const origins = ['constant', 'expression', 'json'] as const;

function Toolbar({ search, onSearch }: { search: string; onSearch: (search: string) => void }) {
  const { form, change } = useSetup();
  const { columns } = form;
  const fault = useFault('columns');
  const onCount = columns.filter(({ isOn }) => isOn).length;
  const setAll = (isOn: boolean) => change({ columns: columns.map((column) => ({ ...column, isOn })) });
  return (
    <div className={classes.toolbar}>
      <SearchField
        className={classes.find}
        label={words.find}
        wanted={search}
        onSearch={onSearch}
        clearsWithEscape
      />
      <span className={fault === null ? classes.dimmed : classes.fault}>
        {fault ?? words.count(onCount, columns.length)}
      </span>
      <span className={classes.space} />
      <Button size="xs" variant="subtle" color="gray" onClick={() => setAll(true)}>
        {words.allOn}
      </Button>
      <Button size="xs" variant="subtle" color="gray" onClick={() => setAll(false)}>
        {words.allOff}
      </Button>
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <Button size="xs" variant="default" leftSection={<IconPlus size={14} />}>
            {words.add}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {origins.map((origin) => (
            <Menu.Item key={origin} onClick={() => change({ columns: [...columns, addedColumn(origin)] })}>
              {words.origins[origin]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

/** The first rows as they would arrive in the destination. */
function DryRun() {
  const { form } = useSetup();
  const isOpen = isConnected(useSourceState(form.sourceId));
  const { value, isLoading, error, reload, isAsked } = useDraftLoad('columns', isOpen, (input, signal) =>
    call('pipelines.dryRun', input, { signal }),
  );
  return (
    <section className={classes.dryRun} aria-label={words.preview}>
      <header className={classes.asideHead}>
        <h3 className={classes.asideTitle}>{words.preview}</h3>
        {value !== null && (
          <span className={classes.dimmed}>{words.read(value.readCount, value.rows.length)}</span>
        )}
        {isLoading && <Loader size={14} aria-label={setupText.reading} />}
        <span className={classes.space} />
        <Button size="xs" variant="subtle" color="gray" disabled={!isAsked} onClick={reload}>
          {setupText.refresh}
        </Button>
      </header>
      {!isOpen && (
        <div className={classes.padded}>
          <ConnectNotice id={form.sourceId} />
        </div>
      )}
      {error !== null && (
        <div className={classes.padded}>
          <ErrorPanel error={error} onRetry={reload} />
        </div>
      )}
      {value !== null && <PreviewTable label={words.preview} columns={value.columns} rows={value.rows} />}
    </section>
  );
}

/** Which columns the destination gets, and what becomes of their values on the way. */
export function ColumnsStep() {
  const { form, shape } = useSetup();
  const [search, setSearch] = useState('');
  return (
    <div className={classes.columns}>
      {shape.error !== null && (
        <div className={classes.padded}>
          <ErrorPanel error={shape.error} />
        </div>
      )}
      {form.columns.length === 0 && !shape.isReading ? (
        <EmptyState {...words.none} />
      ) : (
        <>
          <Toolbar search={search} onSearch={setSearch} />
          <MappingTable search={search} />
          <DryRun />
        </>
      )}
    </div>
  );
}
