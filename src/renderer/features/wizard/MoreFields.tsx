import { Collapse, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { FormField, FormSection } from '../../../shared/engines/form.ts';
import { wizardText } from '../../text/wizard.ts';
import classes from './DetailsStep.module.css';
import { EngineField } from './EngineField.tsx';
import { engineField } from './fieldNames.ts';
import { useWizard } from './wizard.ts';
import { newValuesOf } from './wizardForm.ts';

interface MoreFieldsProps {
  readonly section: FormSection;
  readonly fields: readonly FormField[];
}

/** Fields that few people need. Whatever is set in them is seen: they open by themselves then, also when a text was pasted. */
export function MoreFields({ section, fields }: MoreFieldsProps) {
  const { form, errors } = useWizard();
  const before = newValuesOf(form.kind);
  const isUsed = fields.some(({ key }) => form.values[key] !== before[key]);
  const isWrong = fields.some(({ key }) => errors[engineField(key)] !== undefined);
  const [isOpened, setIsOpened] = useState(isUsed);
  useEffect(() => {
    if (isUsed) setIsOpened(true);
  }, [isUsed]);
  const opened = isOpened || isWrong;
  return (
    <div className={classes.wide}>
      <UnstyledButton className={classes.toggle} onClick={() => setIsOpened(!opened)} aria-expanded={opened}>
        <IconChevronRight
          size={14}
          className={classes.chevron}
          data-opened={opened || undefined}
          aria-hidden
        />
        {wizardText.moreOf[section.key] ?? wizardText.more}
      </UnstyledButton>
      <Collapse expanded={opened} transitionDuration={0}>
        <div className={classes.more}>
          {fields.map((field) => (
            <EngineField key={field.key} field={field} />
          ))}
        </div>
      </Collapse>
    </div>
  );
}
