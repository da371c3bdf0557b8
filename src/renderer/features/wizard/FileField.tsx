import { Button, TextInput } from '@mantine/core';
import { call } from '../../lib/api.ts';
import { notifyFailure } from '../../lib/notifyFailure.ts';
import { wizardText } from '../../text/wizard.ts';
import { engineField } from './fieldNames.ts';
import { type EngineFieldProps, helpOf, isRequiredIn, markOf, typingProps } from './fieldProps.ts';
import classes from './HopsField.module.css';
import { useWizard, wizardActions } from './wizard.ts';
import { shownError } from './wizardState.ts';

/** The path of a file, such as of a key: typed, or chosen in a dialog of main. The window never reads the file. */
export function FileField({ field, text, style }: EngineFieldProps) {
  const wizard = useWizard();
  const { key } = field;
  const set = (path: string) => wizardActions().setValue(key, path);
  const choose = async () => {
    try {
      const chosen = await call('dataSources.chooseFile', null);
      if (chosen !== null) set(chosen.path);
    } catch (error) {
      notifyFailure(error);
    }
  };
  return (
    <TextInput
      {...typingProps}
      {...markOf(engineField(key))}
      style={style}
      label={text.label}
      description={helpOf(text, wizard.form)}
      placeholder={text.whenEmpty}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      withAsterisk={isRequiredIn(wizard.form, field)}
      value={wizard.form.values[key] ?? ''}
      error={shownError(wizard, engineField(key))}
      onChange={(event) => set(event.currentTarget.value)}
      rightSectionWidth={76}
      rightSection={
        <Button className={classes.choose} variant="subtle" size="compact-xs" onClick={() => void choose()}>
          {wizardText.file.choose}
        </Button>
      }
    />
  );
}
