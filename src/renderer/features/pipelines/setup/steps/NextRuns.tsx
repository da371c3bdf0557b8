import { ErrorPanel } from '../../../../components/ErrorPanel.tsx';
import { call } from '../../../../lib/api.ts';
import { setupText } from '../../../../text/pipelineSetup.ts';
import { scheduleOfForm } from '../form/checkForm.ts';
import classes from '../Setup.module.css';
import { useSetup } from '../setupContext.ts';
import { usePatientLoad } from '../usePatientLoad.ts';

const words = setupText.schedule;

/** A moment in the time zone of the schedule, whatever this computer's is. */
function momentIn(timeZone: string, epochMs: number): string {
  const options = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
  const time = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, ...time, timeZone }).format(epochMs);
  } catch {
    // The time zone is not one, which its field says.
    return new Intl.DateTimeFormat('en-GB', { ...options, ...time }).format(epochMs);
  }
}

/** The schedule in words, with the next five runs. */
export function NextRuns() {
  const { form, isShown } = useSetup();
  const schedule = scheduleOfForm(form);
  const isComplete = schedule.type !== 'after' || schedule.pipelineId !== '';
  const key = isShown && isComplete ? JSON.stringify(schedule) : null;
  const { value, error } = usePatientLoad(key, (signal) =>
    call('pipelines.scheduleText', { schedule }, { signal }),
  );
  return (
    <section className={classes.aside} aria-label={words.preview}>
      <header className={classes.asideHead}>
        <h3 className={classes.asideTitle}>{words.preview}</h3>
      </header>
      <div className={classes.nextBody}>
        {error !== null && <ErrorPanel error={error} />}
        {value !== null && (
          <>
            {value.text !== null && (
              <p className={classes.inWords} role="status">
                {value.text}
              </p>
            )}
            {value.problem !== null && <p className={classes.fault}>{value.problem}</p>}
            {value.next.length > 0 && (
              <>
                <h4 className={classes.partTitle}>{words.next}</h4>
                <ol className={classes.next}>
                  {value.next.map((at) => (
                    <li key={at}>{momentIn(form.timeZone, at)}</li>
                  ))}
                </ol>
              </>
            )}
          </>
        )}
      </div>
    </section>
  );
}
