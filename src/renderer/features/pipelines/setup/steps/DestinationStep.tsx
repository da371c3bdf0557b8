import { Button, MultiSelect, Radio, Stack, TextInput } from '@mantine/core';
import { IconFolder } from '@tabler/icons-react';
import { defaultSchemaOf, engineOf } from '../../../../../shared/engines/engines.ts';
import { type WriteMode, writeModeSchema } from '../../../../../shared/model/pipelines.ts';
import { CsvFields } from '../../../../components/CsvFields.tsx';
import { call } from '../../../../lib/api.ts';
import { notifyFailure } from '../../../../lib/notifyFailure.ts';
import { setupText } from '../../../../text/pipelineSetup.ts';
import { connectionsStore } from '../../../connections/index.ts';
import { Choice, ChoiceField } from '../Choice.tsx';
import { takesKey } from '../form/checkForm.ts';
import { TableFields } from '../RelationFields.tsx';
import classes from '../Setup.module.css';
import { ConnectNotice, SourceSelect } from '../SourceSelect.tsx';
import { useFault, useSetup } from '../setupContext.ts';
import { PlanPane } from './PlanPane.tsx';

const words = setupText.destination;
const maxKeyColumns = 32;

/** How rows come into the table. Those that go by key are given the key of the source, as far as it is known. */
function ModeFields() {
  const { form, change, shape } = useSetup();
  const modeFault = useFault('mode');
  const keyFault = useFault('key');
  const names = form.columns.filter(({ isOn }) => isOn).map(({ name }) => name);
  const setMode = (mode: WriteMode): void => {
    const ofSource = (shape.shape?.key ?? []).map(
      (key) =>
        form.columns.find(({ isOn, from, origin }) => isOn && origin === 'column' && from === key)?.name,
    );
    const known = ofSource.filter((name) => name !== undefined);
    const isWhole = known.length === ofSource.length;
    change({ mode, ...(form.key.length === 0 && isWhole && { key: known }) });
  };
  return (
    <>
      <Radio.Group
        label={words.mode}
        value={form.mode}
        error={modeFault}
        onChange={(value) => setMode(writeModeSchema.parse(value))}
      >
        <Stack gap={8} mt={6}>
          {writeModeSchema.options.map((mode) => (
            <Radio
              key={mode}
              size="xs"
              value={mode}
              label={words.modes[mode]}
              description={words.modeHints[mode]}
            />
          ))}
        </Stack>
      </Radio.Group>
      {takesKey(form) && (
        <MultiSelect
          label={words.key}
          description={words.keyHint}
          searchable
          limit={200}
          maxValues={maxKeyColumns}
          value={form.key}
          data={[...new Set([...names, ...form.key])]}
          error={keyFault}
          onChange={(key) => change({ key })}
        />
      )}
    </>
  );
}

function TablePart() {
  const { form, change } = useSetup();
  const errors = { schema: useFault('toSchema'), table: useFault('toTable') };
  const sourceFault = useFault('toSourceId');
  return (
    <>
      <SourceSelect
        label={words.dataSource}
        value={form.toSourceId}
        error={sourceFault}
        isOffered={({ engine, readOnly }) => engineOf(engine.kind).capabilities.write && !readOnly}
        onChange={(toSourceId) => {
          const engine = connectionsStore.getState().byId[toSourceId]?.dataSource.engine;
          const toSchema = engine === undefined ? '' : (defaultSchemaOf(engine) ?? '');
          change({ toSourceId, toSchema, allowedLosses: [] });
        }}
      />
      {form.toSourceId !== '' && (
        <>
          <ConnectNotice id={form.toSourceId} />
          <TableFields
            sourceId={form.toSourceId}
            schema={form.toSchema}
            table={form.toTable}
            errors={errors}
            onChange={({ schema = form.toSchema, table = form.toTable }) =>
              change({ toSchema: schema, toTable: table })
            }
          />
          <ModeFields />
        </>
      )}
    </>
  );
}

function FilePart() {
  const { form, change } = useSetup();
  const folderFault = useFault('folder');
  const nameFault = useFault('fileName');
  const choose = async (): Promise<void> => {
    try {
      const folder = await call('pipelines.chooseFolder', null);
      if (folder === null) return;
      const fileName = form.fileName === '' ? `${form.relation || 'rows'} {date}` : form.fileName;
      change({ folder, fileName });
    } catch (error) {
      notifyFailure(error);
    }
  };
  return (
    <>
      <div className={classes.field}>
        <span className={classes.label}>{words.folder}</span>
        <span className={classes.folder}>
          <span className={form.folder === '' ? classes.dimmed : classes.path}>
            {form.folder === '' ? words.noFolder : form.folder}
          </span>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconFolder size={14} />}
            onClick={() => void choose()}
          >
            {words.chooseFolder}
          </Button>
        </span>
        {folderFault !== null && <p className={classes.fault}>{folderFault}</p>}
      </div>
      <TextInput
        label={words.fileName}
        description={words.fileNameHint}
        maxLength={150}
        spellCheck={false}
        value={form.fileName}
        error={nameFault}
        onChange={({ currentTarget }) => change({ fileName: currentTarget.value })}
      />
      <ChoiceField
        label={words.format}
        value={form.format}
        choices={words.formats}
        onChange={(format) => change({ format })}
      />
      {form.format === 'csv' ? (
        <CsvFields csv={form.csv} onChange={(csv) => change({ csv })} />
      ) : (
        <p className={classes.hint}>{words.formatHints[form.format]}</p>
      )}
    </>
  );
}

/** Where the rows go, and what the first run would do there. */
export function DestinationStep() {
  const { form, change } = useSetup();
  return (
    <div className={classes.panes}>
      <div className={classes.fields}>
        <Choice
          label={words.what}
          value={form.destination}
          choices={words.kinds}
          onChange={(destination) => change({ destination })}
        />
        {form.destination === 'table' ? <TablePart /> : <FilePart />}
      </div>
      <PlanPane />
    </div>
  );
}
