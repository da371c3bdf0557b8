import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import type { Resource } from '../../../shared/model/resources.ts';
import { resourcesText } from '../../text/resources.ts';
import { useEditedForm } from './formContext.ts';
import classes from './Resources.module.css';
import { ColumnsSection } from './sections/ColumnsSection.tsx';
import { FiltersSection } from './sections/FiltersSection.tsx';
import { IncrementalSection } from './sections/IncrementalSection.tsx';
import { PagesSection } from './sections/PagesSection.tsx';
import { ParentSection } from './sections/ParentSection.tsx';
import { RecordsSection } from './sections/RecordsSection.tsx';
import { RequestSection } from './sections/RequestSection.tsx';
import { ResponsesSection } from './sections/ResponsesSection.tsx';

type SectionKey = keyof typeof resourcesText.sections;

interface SectionProps {
  readonly name: SectionKey;
  /** Places in the resource whose faults are shown in here. */
  readonly places: RegExp;
  readonly isOpenAtFirst?: boolean;
  readonly children: ReactNode;
}

/** Settings that belong together, to be folded away. One with a fault says so, open or not. */
function Section({ name, places, isOpenAtFirst = false, children }: SectionProps) {
  const { errors } = useEditedForm();
  const id = useId();
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  const isWrong = Object.keys(errors).some((place) => places.test(place));
  const title = resourcesText.sections[name];
  return (
    <section className={classes.section} aria-label={title}>
      <UnstyledButton
        className={classes.toggle}
        data-wrong={isWrong || undefined}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        <IconChevronRight
          size={14}
          className={classes.chevron}
          data-opened={isOpen || undefined}
          aria-hidden
        />
        {isWrong && !isOpen ? `${title}: ${resourcesText.sectionWrong}` : title}
      </UnstyledButton>
      <div id={id} className={classes.fields} hidden={!isOpen}>
        {isOpen && children}
      </div>
    </section>
  );
}

/** All settings of a resource, the usual ones open. */
export function FormPane({ others }: { readonly others: readonly Resource[] }) {
  return (
    <section className={classes.form} aria-label={resourcesText.formPane}>
      <Section
        name="request"
        places={/^(name|group|description|method|path|parameters|body)(\.|$)/}
        isOpenAtFirst
      >
        <RequestSection />
      </Section>
      <Section
        name="records"
        places={/^(selector|format|keyColumn|primaryKey|totalSelector)(\.|$)/}
        isOpenAtFirst
      >
        <RecordsSection />
      </Section>
      <Section name="pages" places={/^(pagination|stop)(\.|$)/} isOpenAtFirst>
        <PagesSection />
      </Section>
      <Section name="columns" places={/^columns(\.|$)/}>
        <ColumnsSection />
      </Section>
      <Section name="filters" places={/^filters(\.|$)/}>
        <FiltersSection />
      </Section>
      <Section name="incremental" places={/^incremental(\.|$)/}>
        <IncrementalSection />
      </Section>
      <Section name="parent" places={/^parent(\.|$)/}>
        <ParentSection others={others} />
      </Section>
      <Section name="responses" places={/^(responses|messageSelector)(\.|$)/}>
        <ResponsesSection />
      </Section>
    </section>
  );
}
