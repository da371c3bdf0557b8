import { type CSSProperties, useEffect, useMemo, useRef, useState } from 'react';
import { resourcesOf } from '../../../shared/engines/engines.ts';
import type { DataSourceSummary } from '../../../shared/model/dataSource.ts';
import type { Resource } from '../../../shared/model/resources.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { Notice } from '../../components/Notice.tsx';
import { SplitHandle } from '../../components/SplitHandle.tsx';
import frame from '../../components/TabFrame.module.css';
import { type Command, useCommands } from '../../lib/commands.ts';
import { useRefreshCommand } from '../../lib/useRefreshCommand.ts';
import { resourcesText } from '../../text/resources.ts';
import { tabsText } from '../../text/tabs.ts';
import { useDataSource } from '../connections/index.ts';
import type { TabContentProps } from '../tabs/index.ts';
import { EffectPane } from './effect/EffectPane.tsx';
import { useEffectControl } from './effect/useEffectControl.ts';
import { FormPane } from './FormPane.tsx';
import { type EditedForm, EditedFormContext } from './formContext.ts';
import { ResourceBar } from './ResourceBar.tsx';
import classes from './Resources.module.css';
import { isOfRef } from './resourceForms.ts';
import { useResourceForm } from './useResourceForm.ts';

const shares = { min: 30, max: 70 };

interface EditorProps extends TabContentProps<'resource'> {
  readonly summary: DataSourceSummary;
  readonly resources: readonly Resource[];
}

function useEditorCommands(actions: { save: () => void; ask: () => void }, isActive: boolean): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  const commands = useMemo(
    (): readonly Command[] => [
      {
        id: 'resource.save',
        title: resourcesText.save,
        group: 'source',
        shortcut: 'mod+S',
        run: () => latest.current.save(),
      },
      {
        id: 'resource.ask',
        title: resourcesText.effect.refresh,
        group: 'source',
        shortcut: 'mod+Enter',
        run: () => latest.current.ask(),
      },
    ],
    [],
  );
  useCommands(commands, isActive);
}

/** Settings at the left, and at the right what they do with a real answer. */
function Editor({ tab, isShown, isActive, summary, resources }: EditorProps) {
  const panesRef = useRef<HTMLDivElement>(null);
  const [share, setShare] = useState(46);
  const { form, set, saved, tried, errors, isUnsaved, saving, save } = useResourceForm(tab, resources);
  const control = useEffectControl(summary, tried, isShown);
  const found = control.preview?.columns;
  useEditorCommands({ save: () => void save(), ask: control.ask }, isActive);
  useRefreshCommand(control.ask, isActive);
  const edited = useMemo(
    (): EditedForm | null =>
      form === null
        ? null
        : { form, errors, found: found ?? [], change: (change) => set({ ...form, ...change }) },
    [form, errors, found, set],
  );
  const shareAt = (clientX: number): number => {
    const box = panesRef.current?.getBoundingClientRect();
    return box === undefined ? share : ((clientX - box.left) / box.width) * 100;
  };
  return (
    <>
      <ResourceBar
        tab={tab}
        source={summary.dataSource}
        isSaved={saved !== undefined}
        isUnsaved={isUnsaved}
        isSaving={saving.isSaving}
        onSave={() => void save()}
      />
      {tab.resource !== null && saved === undefined && (
        <div className={classes.notice}>
          <Notice tone="warning">
            {resourcesText.gone.title}. {resourcesText.gone.message}
          </Notice>
        </div>
      )}
      {saving.error !== null && (
        <div className={classes.failure}>
          <ErrorPanel error={saving.error} />
        </div>
      )}
      {edited !== null && (
        <div className={classes.content}>
          <div
            ref={panesRef}
            className={classes.panes}
            style={{ '--form-share': `${share}%` } as CSSProperties}
          >
            <EditedFormContext value={edited}>
              <FormPane others={resources.filter((one) => !isOfRef(tab.resource)(one))} />
            </EditedFormContext>
            <SplitHandle
              label={resourcesText.paneWidth}
              value={share}
              {...shares}
              step={4}
              valueAt={shareAt}
              onChange={setShare}
            />
            <EffectPane control={control} />
          </div>
        </div>
      )}
    </>
  );
}

/** The editor of one resource of a data source. */
export function ResourceTab(props: TabContentProps<'resource'>) {
  const { tab } = props;
  const summary = useDataSource(tab.sourceId);
  if (summary === undefined) return null;
  const resources = resourcesOf(summary.dataSource.engine);
  const { title, message } = resourcesText.notThis;
  return (
    <section className={frame.tab} aria-label={tab.resource?.name ?? tabsText.newResourceTitle}>
      {resources === null ? (
        <EmptyState title={title} message={message} />
      ) : (
        <Editor {...props} summary={summary} resources={resources} />
      )}
    </section>
  );
}
