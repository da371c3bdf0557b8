import { Anchor } from '@mantine/core';
import { wizardText } from '../../text/wizard.ts';
import { useWizard, wizardActions } from './wizard.ts';
import { movesStoredSecret, secretOf } from './wizardForm.ts';

interface KeepOrDropProps {
  readonly field: string;
  readonly words: { readonly keep: string; readonly drop: string };
}

/** Whether the secret in the vault stays; says so where it moves with the address. */
export function KeepOrDrop({ field, words }: KeepOrDropProps) {
  const { form, original } = useWizard();
  const isDropped = secretOf(form, field).stored === 'drop';
  return (
    <>
      {!isDropped && movesStoredSecret(form, original) && `${wizardText.secret.moves} `}
      <Anchor
        component="button"
        type="button"
        size="sm"
        onClick={() => wizardActions().setSecret(field, { stored: isDropped ? 'keep' : 'drop' })}
      >
        {isDropped ? words.keep : words.drop}
      </Anchor>
    </>
  );
}
