import { Button, FileButton, Group, Input, Textarea } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import type { FormField } from '../../../shared/engines/form.ts';
import { maxAuthorityLength } from '../../../shared/model/tls.ts';
import { wizardText } from '../../text/wizard.ts';
import classes from './DetailsStep.module.css';
import { fieldsOf } from './engineFields.ts';
import { engineField } from './fieldNames.ts';
import { type EngineFieldProps, helpOf, markOf, typingProps } from './fieldProps.ts';
import { useWizard, wizardActions } from './wizard.ts';
import { shownError } from './wizardState.ts';

const words = wizardText.authority;

interface TypedAuthorityProps extends EngineFieldProps {
  readonly onFollow: () => void;
}

/** Certificates that are pasted, or read once from a file that the person picks. Nothing is read by path. */
function TypedAuthority({ field, text, onFollow }: TypedAuthorityProps) {
  const wizard = useWizard();
  const [fileError, setFileError] = useState<string | null>(null);
  const value = wizard.form.values[field.key] ?? '';
  const set = (pem: string) => wizardActions().setValue(field.key, pem);
  const take = async (file: File | null) => {
    if (file === null) return;
    setFileError(null);
    // A larger file is not even read.
    if (file.size > maxAuthorityLength) return setFileError(words.tooLarge);
    try {
      set(await file.text());
    } catch {
      setFileError(words.unreadable);
    }
  };
  return (
    <>
      <Textarea
        {...typingProps}
        {...markOf(engineField(field.key))}
        value={value}
        onChange={(event) => set(event.currentTarget.value)}
        label={text.label}
        placeholder={text.whenEmpty}
        description={helpOf(text, wizard.form)}
        error={fileError ?? shownError(wizard, engineField(field.key))}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        classNames={{ input: classes.certificate }}
        rows={2}
      />
      <Group gap="xs" mt={6}>
        <FileButton accept=".pem,.crt,.cer,.ca-bundle" onChange={(file) => void take(file)}>
          {(props) => (
            <Button {...props} variant="default" size="xs">
              {words.pick}
            </Button>
          )}
        </FileButton>
        <Button variant="subtle" color="gray" size="xs" onClick={onFollow}>
          {words.follow}
        </Button>
        {value !== '' && (
          <Button variant="subtle" color="gray" size="xs" onClick={() => set('')}>
            {words.clear}
          </Button>
        )}
      </Group>
    </>
  );
}

interface AuthorityFieldProps extends EngineFieldProps {
  /** Draws the field with the path of a file. */
  readonly draw: (field: FormField) => ReactNode;
}

/** The certificate authority to trust: typed, or in a file that is read at each connect. */
export function AuthorityField({ draw, ...props }: AuthorityFieldProps) {
  const { field, style } = props;
  const wizard = useWizard();
  const [isFollowing, setIsFollowing] = useState(false);
  const { widget, key } = field;
  const file = fieldsOf(wizard.form.kind).find(
    (other) => widget.type === 'authority' && other.key === widget.file,
  );
  const path = file === undefined ? '' : (wizard.form.values[file.key] ?? '');
  useEffect(() => {
    // An emptied path is one that is about to be typed.
    if (path !== '') setIsFollowing(true);
  }, [path]);
  const follow = () => {
    setIsFollowing(true);
    // What is not seen must not count.
    wizardActions().setValue(key, '');
  };
  if (file === undefined || (!isFollowing && path === '')) {
    return (
      <div style={style}>
        <TypedAuthority {...props} onFollow={follow} />
      </div>
    );
  }
  const enter = () => {
    setIsFollowing(false);
    wizardActions().setValue(file.key, '');
  };
  const missing = shownError(wizard, engineField(key));
  return (
    <div style={style}>
      {draw(file)}
      {missing !== null && <Input.Error mt={4}>{missing}</Input.Error>}
      <Button variant="default" size="xs" mt={6} onClick={enter}>
        {words.enter}
      </Button>
    </div>
  );
}
