import type { ResourcePreview } from '../../../../shared/model/requests.ts';
import { AnswerSummary, SentRequest } from '../../../components/api/AnswerFacts.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { FactList } from '../../../components/FactList.tsx';
import { resourcesText } from '../../../text/resources.ts';
import classes from './Effect.module.css';

const words = resourcesText.effect;

/** What was found for the second page, and the request that was sent for it. */
export function NextPage({ preview }: { readonly preview: ResourcePreview }) {
  const { next, answers } = preview;
  const second = answers[1];
  if (next === null) return <EmptyState title={words.noNext} />;
  return (
    <>
      <div className={classes.outcome}>
        <FactList facts={[{ label: words.next, value: next }]} />
        {second !== undefined && <AnswerSummary answer={second} />}
      </div>
      {second !== undefined && <SentRequest answer={second} />}
    </>
  );
}
