import { Button, NativeSelect, Switch } from '@mantine/core';
import { useState } from 'react';
import { type QueueStatus, queuePlaceSchema } from '../../../shared/model/queueSettings.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { FactList } from '../../components/FactList.tsx';
import { Notice } from '../../components/Notice.tsx';
import { queueText as words } from '../../text/queue.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { QueueFields } from './QueueFields.tsx';
import { formOf, inputOf, isChanged, type QueueForm, withType } from './queueForm.ts';
import classes from './Settings.module.css';
import { SettingsGroup } from './SettingsGroup.tsx';
import { useQueue } from './useQueue.ts';

const types = queuePlaceSchema.options.map(({ shape }) => shape.type.value);
const choices = types.map((type) => ({ value: type, label: words.places[type] }));

type Queue = ReturnType<typeof useQueue>;

/** Where the queue of runs is, who executes them, and the key that workers on other computers need. */
export function QueueGroup() {
  const queue = useQueue();
  const { status } = queue;
  return status !== null && <LoadedQueue queue={queue} status={status} />;
}

function LoadedQueue({ queue, status }: { queue: Queue; status: QueueStatus }) {
  /** Null: as it is kept. Stays when it could not be saved. */
  const [edited, setEdited] = useState<QueueForm | null>(null);
  const form = edited ?? formOf(status.settings);
  const change = (part: Partial<QueueForm>): void => {
    queue.forget();
    setEdited({ ...form, ...part });
  };
  const changed = edited !== null && isChanged(edited, status);
  return (
    <>
      <SettingsGroup heading={words.heading}>
        <p className={classes.text}>{words.message}</p>
        <NativeSelect
          className={classes.action}
          label={words.place}
          data={choices}
          value={form.type}
          onChange={({ currentTarget: { value } }) => {
            const type = types.find((one) => one === value);
            if (type !== undefined) change(withType(form, type));
          }}
        />
        {form.type !== 'local' && (
          <>
            <QueueFields form={form} status={status} onChange={change} />
            <Switch
              label={words.executesHere}
              description={words.executesHereHint}
              checked={form.executesHere}
              onChange={({ currentTarget: { checked } }) => change({ executesHere: checked })}
            />
          </>
        )}
        <Actions
          {...{ queue, form, status, changed }}
          onSaved={() => setEdited(null)}
          onDiscard={() => {
            queue.forget();
            setEdited(null);
          }}
        />
        {queue.tested !== null && <Notice tone="success">{words.tested(queue.tested)}</Notice>}
        {queue.refused !== null && <ErrorPanel error={queue.refused} />}
      </SettingsGroup>
      <Standing queue={queue} status={status} />
    </>
  );
}

interface ActionsProps {
  readonly queue: Queue;
  readonly form: QueueForm;
  readonly status: QueueStatus;
  readonly changed: boolean;
  readonly onSaved: () => void;
  readonly onDiscard: () => void;
}

function Actions({ queue, form, status, changed, onSaved, onDiscard }: ActionsProps) {
  const input = inputOf(form, status);
  const { work } = queue;
  const isIdle = work === null && input !== null;
  const save = async (): Promise<void> => {
    if (input !== null && (await queue.save(input))) onSaved();
  };
  return (
    <div className={classes.buttons}>
      {changed && (
        <Button disabled={!isIdle} loading={work === 'saving'} onClick={() => void save()}>
          {words.save}
        </Button>
      )}
      {form.type !== 'local' && (
        <Button
          variant="default"
          disabled={!isIdle}
          loading={work === 'testing'}
          onClick={() => {
            if (input !== null) void queue.test(input);
          }}
        >
          {words.test}
        </Button>
      )}
      {changed && work === null && (
        <Button variant="subtle" onClick={onDiscard}>
          {words.discard}
        </Button>
      )}
      {work !== null && (
        <Button variant="subtle" onClick={queue.cancel}>
          {vocabulary.cancel}
        </Button>
      )}
    </div>
  );
}

/** How the engine stands, and its key. */
function Standing({ queue, status }: { queue: Queue; status: QueueStatus }) {
  const { keyId, problem, state } = status;
  return (
    <SettingsGroup heading={words.standing}>
      <FactList
        facts={[
          { label: words.state, value: words.states[state] },
          { label: words.key, value: keyId ?? words.noKey },
        ]}
      />
      {problem !== null && <ErrorPanel error={problem} />}
      <p className={classes.text}>{words.keyHint}</p>
      <Button
        variant="default"
        className={classes.action}
        disabled={queue.work !== null}
        loading={queue.work === 'renewing'}
        onClick={() => void queue.renewKey()}
      >
        {words.newKey}
      </Button>
    </SettingsGroup>
  );
}
