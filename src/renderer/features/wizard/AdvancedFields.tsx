import { Collapse, TextInput, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useRef } from 'react';
import { engineOf } from '../../../shared/engines/engines.ts';
import { wizardText } from '../../text/wizard.ts';
import classes from './DetailsStep.module.css';
import { type FreeTextField, textFieldProps } from './fieldProps.ts';
import { useWizard } from './wizard.ts';

const counts = ['poolMin', 'poolMax'] as const;
const poolDurations = ['idleSeconds', 'acquireSeconds', 'leakWarningSeconds', 'leakReclaimSeconds'] as const;
const timeouts = ['connectSeconds', 'querySeconds', 'idleInTransactionSeconds', 'slowSeconds'] as const;
const orderInField: ('label' | 'input' | 'description' | 'error')[] = [
  'label',
  'input',
  'description',
  'error',
];

/** The fields of this section, which opens by itself when one of them is wrong. */
export const advancedFields: readonly FreeTextField[] = [...counts, ...poolDurations, ...timeouts];

interface AdvancedFieldsProps {
  readonly opened: boolean;
  readonly onToggle: () => void;
}

/** Pool and time-outs: good as they are for most, so they stay folded away. */
export function AdvancedFields({ opened, onToggle }: AdvancedFieldsProps) {
  const wizard = useWizard();
  const { pool: hasPool, requests: hasRequests, sql: hasSql } = engineOf(wizard.form.kind).capabilities;
  const words = hasRequests ? { ...wizardText, ...wizardText.ofRequests } : wizardText;
  const hints = hasRequests
    ? { ...wizardText.advancedHint, ...wizardText.ofRequests.advancedHint }
    : wizardText.advancedHint;
  const shownCounts = hasPool ? counts : hasRequests ? (['poolMax'] as const) : [];
  const ownTimeouts = hasSql ? timeouts : timeouts.filter((field) => field !== 'idleInTransactionSeconds');
  const sectionRef = useRef<HTMLDivElement>(null);
  const toggle = () => {
    onToggle();
    // They stand at the lower end of the dialog: opened by hand, they come into view with the next picture.
    if (!opened) requestAnimationFrame(() => sectionRef.current?.scrollIntoView({ block: 'start' }));
  };
  return (
    <div ref={sectionRef} className={classes.wide}>
      <UnstyledButton className={classes.toggle} onClick={toggle} aria-expanded={opened}>
        <IconChevronRight
          size={14}
          className={classes.chevron}
          data-opened={opened || undefined}
          aria-hidden
        />
        {hasPool ? wizardText.advanced : words.advancedWithoutPool}
      </UnstyledButton>
      <Collapse expanded={opened} transitionDuration={0}>
        <div className={classes.numbers}>
          {shownCounts.map((field) => (
            <TextInput
              key={field}
              {...textFieldProps(wizard, field)}
              label={words[field]}
              description={hints[field]}
              inputWrapperOrder={orderInField}
              inputMode="numeric"
            />
          ))}
          {(hasPool ? [...poolDurations, ...ownTimeouts] : ownTimeouts).map((field) => (
            <TextInput
              key={field}
              {...textFieldProps(wizard, field)}
              label={words[field]}
              description={hints[field]}
              inputWrapperOrder={orderInField}
              placeholder={field === 'leakReclaimSeconds' ? wizardText.never : undefined}
              inputMode="decimal"
              rightSection={<span className={classes.unit}>{wizardText.secondsUnit}</span>}
            />
          ))}
        </div>
      </Collapse>
    </div>
  );
}
