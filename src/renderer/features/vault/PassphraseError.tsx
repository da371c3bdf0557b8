import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import { vaultText } from '../../text/vault.ts';

interface PassphraseErrorProps {
  readonly error: ErrorDto;
  readonly waitSeconds: number;
}

/** That a passphrase was wrong, and when the next one is looked at. The countdown is not read out each second. */
export function PassphraseError({ error, waitSeconds }: PassphraseErrorProps) {
  return (
    <>
      {error.title}. {waitSeconds > 0 && <span aria-live="off">{vaultText.waitSeconds(waitSeconds)}</span>}
    </>
  );
}
