import { NativeSelect, TextInput } from '@mantine/core';
import { responseRuleSchema } from '../../../../shared/model/resources.ts';
import { linesWithNew, withLine, withoutLine } from '../../../components/api/lines.ts';
import { RemoveLine } from '../../../components/api/PairTable.tsx';
import { resourcesText } from '../../../text/resources.ts';
import { Field } from '../fields.tsx';
import { useEditedForm } from '../formContext.ts';
import classes from '../Resources.module.css';
import type { RuleForm } from '../resourceForm.ts';
import { LinesFault } from './LinesFault.tsx';

const words = resourcesText.responses;
const { outcome } = responseRuleSchema.shape;
const emptyRule: RuleForm = { status: '', when: '', outcome: 'fail' };

/** What an answer of a certain status means, and where the API says what went wrong. */
export function ResponsesSection() {
  const { form, errors, change } = useEditedForm();
  const { responses, messageSelector } = form;
  return (
    <>
      <p className={classes.hint}>{words.hint}</p>
      <fieldset className={classes.rules} aria-label={words.label}>
        {[words.status, words.when, words.outcome].map((title) => (
          <span key={title} className={classes.head} aria-hidden>
            {title}
          </span>
        ))}
        <span />
        {linesWithNew(responses, emptyRule).map((rule, index) => {
          const set = (next: Partial<RuleForm>) =>
            change({ responses: withLine(responses, index, { ...rule, ...next }) });
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
            <div key={index} className={classes.line}>
              <TextInput
                size="xs"
                aria-label={words.statusOf(index + 1)}
                value={rule.status}
                onChange={(event) => set({ status: event.currentTarget.value })}
              />
              <TextInput
                size="xs"
                aria-label={words.whenOf(index + 1)}
                classNames={{ input: classes.mono ?? '' }}
                value={rule.when}
                onChange={(event) => set({ when: event.currentTarget.value })}
              />
              <NativeSelect
                size="xs"
                aria-label={words.outcomeOf(index + 1)}
                value={rule.outcome}
                data={outcome.options.map((value) => ({ value, label: words.outcomes[value] }))}
                onChange={(event) => set({ outcome: outcome.parse(event.currentTarget.value) })}
              />
              <RemoveLine
                name={rule.status}
                isNew={index === responses.length}
                onClick={() => change({ responses: withoutLine(responses, index) })}
              />
            </div>
          );
        })}
      </fieldset>
      <LinesFault of="responses" />
      <Field
        label={words.messageSelector}
        hint={words.messageSelectorHint}
        isCode
        isWide
        value={messageSelector}
        error={errors.messageSelector}
        onChange={(text) => change({ messageSelector: text })}
      />
    </>
  );
}
