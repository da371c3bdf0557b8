import { Button, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ErrorPanel } from '../../../components/ErrorPanel.tsx';
import { Notice } from '../../../components/Notice.tsx';
import { ShortcutHint } from '../../../components/ShortcutHint.tsx';
import { type Command, useCommands } from '../../../lib/commands.ts';
import { setupText as words } from '../../../text/pipelineSetup.ts';
import type { TabContentProps } from '../../tabs/index.ts';
import { formFaults, type Step, steps } from './form/checkForm.ts';
import type { PipelineForm } from './form/pipelineForm.ts';
import classes from './Setup.module.css';
import { type Setup, SetupContext } from './setupContext.ts';
import { ColumnsStep } from './steps/ColumnsStep.tsx';
import { DestinationStep } from './steps/DestinationStep.tsx';
import { ScheduleStep } from './steps/ScheduleStep.tsx';
import { SourceStep } from './steps/SourceStep.tsx';
import { usePipelineForm } from './usePipelineForm.ts';
import { useShape } from './useShape.ts';

const contents = {
  source: SourceStep,
  columns: ColumnsStep,
  destination: DestinationStep,
  schedule: ScheduleStep,
};

interface StepsProps {
  readonly step: Step;
  /** Steps whose faults are told, and that have some. */
  readonly wrong: ReadonlySet<Step>;
  /** Steps that nothing is wrong with. */
  readonly done: ReadonlySet<Step>;
  readonly onStep: (step: Step) => void;
}

/** The four steps. One goes to any of them at any time: nothing that was typed is lost. */
function Steps({ step, wrong, done, onStep }: StepsProps) {
  return (
    <nav aria-label={words.progress}>
      <ol className={classes.steps}>
        {steps.map((one, index) => (
          <li key={one} data-wrong={wrong.has(one) || undefined} data-done={done.has(one) || undefined}>
            <UnstyledButton
              className={classes.step}
              aria-current={one === step ? 'step' : undefined}
              onClick={() => onStep(one)}
            >
              <span className={classes.mark} aria-hidden>
                {wrong.has(one) ? '!' : done.has(one) && one !== step ? <IconCheck size={12} /> : index + 1}
              </span>
              {words.steps[one]}
              {wrong.has(one) && <VisuallyHidden>{words.wrongStep}</VisuallyHidden>}
            </UnstyledButton>
          </li>
        ))}
      </ol>
    </nav>
  );
}

interface FooterProps {
  readonly step: Step;
  readonly isUnsaved: boolean;
  readonly isSaving: boolean;
  /** There is something saved to go back to. */
  readonly canDiscard: boolean;
  readonly onStep: (direction: 1 | -1) => void;
  readonly onDiscard: () => void;
  readonly onSave: (then: 'keep' | 'run') => void;
}

function Footer(props: FooterProps) {
  const { step, isUnsaved, isSaving, canDiscard, onStep, onDiscard, onSave } = props;
  const isLast = step === 'schedule';
  return (
    <footer className={classes.footer}>
      <Button variant="subtle" color="gray" disabled={step === 'source'} onClick={() => onStep(-1)}>
        {words.back}
      </Button>
      {!isLast && (
        <Button variant={canDiscard ? 'default' : 'filled'} onClick={() => onStep(1)}>
          {words.next}
        </Button>
      )}
      <span className={classes.space} />
      {isUnsaved && (
        <span className={classes.unsaved} role="status">
          {words.unsaved}
        </span>
      )}
      {isUnsaved && canDiscard && (
        <Button variant="subtle" color="gray" disabled={isSaving} onClick={onDiscard}>
          {words.discard}
        </Button>
      )}
      <Button variant="default" disabled={isSaving} onClick={() => onSave('run')}>
        {words.saveAndRun}
      </Button>
      <Button
        variant={isLast || canDiscard ? 'filled' : 'default'}
        loading={isSaving}
        onClick={() => onSave('keep')}
      >
        <ShortcutHint label={words.save} shortcut="Mod+S" />
      </Button>
    </footer>
  );
}

function useSaveCommand(save: () => void, isActive: boolean): void {
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });
  const commands = useMemo(
    (): readonly Command[] => [
      {
        id: 'pipeline.save',
        title: words.save,
        group: 'general',
        shortcut: 'mod+S',
        run: () => latest.current(),
      },
    ],
    [],
  );
  useCommands(commands, isActive);
}

type EditorProps = TabContentProps<'pipeline'> &
  Omit<ReturnType<typeof usePipelineForm>, 'form' | 'readError' | 'reload'> & { readonly form: PipelineForm };

function Editor(props: EditorProps) {
  const { tab, isShown, isActive, form, set, isUnsaved, isOutdated, discard, saving, save } = props;
  const [step, setStep] = useState<Step>('source');
  const [told, setTold] = useState<ReadonlySet<Step>>(new Set());
  const latest = useRef(form);
  latest.current = form;
  const change = useCallback(
    (part: Partial<PipelineForm>) => {
      // Two changes of one turn both count.
      latest.current = { ...latest.current, ...part };
      set(latest.current);
    },
    [set],
  );
  const shape = useShape(form, set);
  const faults = useMemo(() => formFaults(form), [form]);
  const wrong = new Set(faults.map((fault) => fault.step));

  const leaveTo = (next: Step): void => {
    // Who goes back is not done yet.
    if (steps.indexOf(next) > steps.indexOf(step)) setTold(new Set([...told, step]));
    // A query is read when one goes on from it.
    if (step === 'source' && next !== 'source' && form.sourceType === 'query') shape.read();
    setStep(next);
  };
  const trySave = async (then: 'keep' | 'run'): Promise<void> => {
    const [first] = faults;
    setTold(new Set(steps));
    if (first !== undefined) setStep(first.step);
    else await save(then);
  };
  useSaveCommand(() => void trySave('keep'), isActive);
  const setup: Setup = { form, faults, change, pipelineId: tab.pipelineId, told, shape, isShown };
  const Content = contents[step];
  return (
    <SetupContext value={setup}>
      <Steps
        step={step}
        wrong={new Set([...wrong].filter((one) => told.has(one)))}
        done={
          new Set(steps.filter((one) => !wrong.has(one) && (one !== 'columns' || form.columns.length > 0)))
        }
        onStep={leaveTo}
      />
      {isOutdated && (
        <div className={classes.notice}>
          <Notice tone="warning">
            <span className={classes.connect}>
              {words.changedElsewhere}{' '}
              <Button size="xs" variant="default" onClick={discard}>
                {words.takeSaved}
              </Button>
            </span>
          </Notice>
        </div>
      )}
      {saving.error !== null && (
        <div className={classes.failure}>
          <ErrorPanel error={saving.error} />
        </div>
      )}
      <div className={classes.room}>
        <Content />
      </div>
      <Footer
        step={step}
        isUnsaved={isUnsaved}
        isSaving={saving.isSaving}
        canDiscard={tab.pipelineId !== null}
        onStep={(direction) => leaveTo(steps[steps.indexOf(step) + direction] ?? step)}
        onDiscard={discard}
        onSave={(then) => void trySave(then)}
      />
    </SetupContext>
  );
}

/** The four steps in which a pipeline is set up. */
export function SetupPane({ tab, ...front }: TabContentProps<'pipeline'>) {
  const { form, readError, reload, ...editing } = usePipelineForm(tab);
  return (
    <section className={classes.setup} aria-label={words.label}>
      {readError !== null && (
        <div className={classes.failure}>
          <ErrorPanel error={readError} onRetry={reload} />
        </div>
      )}
      {form !== null && <Editor tab={tab} {...front} form={form} {...editing} />}
    </section>
  );
}
