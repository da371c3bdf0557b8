import { useId } from 'react';
import type { Answer, RequestTiming } from '../../../shared/model/requests.ts';
import type { Pair } from '../../../shared/model/resources.ts';
import { requestsText } from '../../text/requests.ts';
import { FactList } from '../FactList.tsx';
import classes from './Answer.module.css';

const words = requestsText.answer;

const toneOf = (status: number): 'good' | 'moved' | 'bad' =>
  status < 300 ? 'good' : status < 400 ? 'moved' : 'bad';

/** Status, duration and size in one line. */
export function AnswerSummary({ answer }: { readonly answer: Answer }) {
  const { status, statusText, timing, byteCount, unpackedByteCount, attempts, redirectedFrom } = answer;
  return (
    <p className={classes.summary} role="status">
      <span className={classes.status} data-tone={toneOf(status)}>
        {words.status(status, statusText)}
      </span>
      <span>{words.duration(timing.totalMs)}</span>
      <span>{words.size(byteCount, unpackedByteCount)}</span>
      {attempts > 1 && <span>{words.attempts(attempts)}</span>}
      {redirectedFrom.length > 0 && <span>{words.redirected(redirectedFrom.length)}</span>}
    </p>
  );
}

function Headers({ title, pairs }: { readonly title: string; readonly pairs: readonly Pair[] }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className={classes.heading}>
        {title}
      </h3>
      <dl className={classes.headers}>
        {pairs.map(({ name, value }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a header may come twice, and an answer never changes
          <div key={index} className={classes.header}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

export const AnswerHeaders = ({ answer }: { readonly answer: Answer }) => (
  <Scrolled>
    <Headers title={words.headers} pairs={answer.headers} />
  </Scrolled>
);

/** The request as it went out; secrets in it are masked by main. */
export function SentRequest({ answer }: { readonly answer: Answer }) {
  const { method, url, redirectedFrom, sentHeaders } = answer;
  return (
    <Scrolled>
      <FactList
        facts={[
          { label: words.url, value: `${method} ${url}` },
          ...(redirectedFrom.length > 0
            ? [{ label: words.redirectedFrom, value: redirectedFrom.join(' → ') }]
            : []),
        ]}
      />
      <Headers title={words.sentHeaders} pairs={sentHeaders} />
      <section aria-label={words.timing}>
        <h3 className={classes.heading}>{words.timing}</h3>
        <Timing timing={answer.timing} />
      </section>
    </Scrolled>
  );
}

const stages = ['waitMs', 'dnsMs', 'tcpMs', 'tlsMs', 'firstByteMs', 'downloadMs'] as const;

/** How long each stage took: figures, and bars one behind the other. */
function Timing({ timing }: { readonly timing: RequestTiming }) {
  const total = Math.max(
    timing.totalMs,
    stages.reduce((sum, stage) => sum + (timing[stage] ?? 0), 0),
    0.001,
  );
  let before = 0;
  return (
    <table className={classes.timing} aria-label={words.timing}>
      <tbody>
        {stages.map((stage) => {
          const duration = timing[stage];
          const start = before;
          before += duration ?? 0;
          return (
            <tr key={stage}>
              <th scope="row">{words.stage[stage]}</th>
              <td className={classes.bars} aria-hidden>
                <span
                  className={classes.bar}
                  style={{
                    marginInlineStart: `${(start / total) * 100}%`,
                    width: `${((duration ?? 0) / total) * 100}%`,
                  }}
                />
              </td>
              <td className={classes.figure}>
                {duration === null ? words.notNeeded : words.duration(duration)}
              </td>
            </tr>
          );
        })}
        <tr>
          <th scope="row">{words.total}</th>
          <td aria-hidden />
          <td className={classes.figure}>{words.duration(timing.totalMs)}</td>
        </tr>
      </tbody>
    </table>
  );
}

function Scrolled({ children }: { readonly children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is long must be scrollable by keyboard
    <div className={classes.scrolled} tabIndex={0}>
      {children}
    </div>
  );
}
