import { Loader, Tabs } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { Answer } from '../../../shared/model/requests.ts';
import { AnswerBody } from '../../components/api/AnswerBody.tsx';
import { AnswerHeaders, AnswerSummary, SentRequest } from '../../components/api/AnswerFacts.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { useIsSlow } from '../../lib/useIsSlow.ts';
import { requestsText as words } from '../../text/requests.ts';
import classes from './Request.module.css';

const parts = ['body', 'headers', 'request'] as const;

function partOf(part: (typeof parts)[number], answer: Answer): ReactNode {
  if (part === 'body') return <AnswerBody answer={answer} />;
  return part === 'headers' ? <AnswerHeaders answer={answer} /> : <SentRequest answer={answer} />;
}

interface AnswerPaneProps {
  readonly answer: Answer | null;
  readonly error: ErrorDto | null;
  readonly isSending: boolean;
}

/** What the API answered: status and timing at a glance, body and headers to look into. */
export function AnswerPane({ answer, error, isSending }: AnswerPaneProps) {
  const isSlow = useIsSlow(isSending);
  return (
    <section className={classes.answer} aria-label={words.answerPane} aria-busy={isSending}>
      {isSlow && (
        <div className={classes.sending} role="status">
          <Loader size={14} /> {words.sending}
        </div>
      )}
      {error !== null && (
        <div className={classes.problem}>
          <ErrorPanel error={error} />
        </div>
      )}
      {answer !== null && (
        <>
          <div className={classes.summary}>
            <AnswerSummary answer={answer} />
          </div>
          <Tabs defaultValue="body" className={classes.tabs} keepMounted={false}>
            <Tabs.List px={8} aria-label={words.answerPartsLabel}>
              {parts.map((part) => (
                <Tabs.Tab key={part} value={part}>
                  {words.answerParts[part]}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {parts.map((part) => (
              <Tabs.Panel key={part} value={part} className={classes.panel}>
                {partOf(part, answer)}
              </Tabs.Panel>
            ))}
          </Tabs>
        </>
      )}
      {answer === null && error === null && !isSending && (
        <EmptyState
          icon={<IconSend size={28} stroke={1.5} />}
          title={words.empty.title}
          message={words.empty.message}
        />
      )}
    </section>
  );
}
