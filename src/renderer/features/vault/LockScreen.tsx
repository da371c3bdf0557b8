import { IconLock } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { focusMarked } from '../../lib/takeFocus.ts';
import { vaultText } from '../../text/vault.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { UnlockForm } from './UnlockForm.tsx';
import classes from './vault.module.css';

/**
 * The whole window while it is locked. Nothing of the app is behind it.
 * @param dataFolder for who has forgotten the passphrase; null while it is not known
 */
export function LockScreen({ dataFolder }: { dataFolder: string | null }) {
  const { question, answer, folder } = vaultText.forgotten;
  const ref = useRef<HTMLElement>(null);
  useEffect(() => focusMarked(ref.current), []);
  return (
    <main ref={ref} className={classes.lockScreen}>
      <div className={classes.lockCard}>
        <h1 className={classes.lockTitle}>
          <IconLock size={22} stroke={1.8} aria-hidden />
          {vocabulary.appName}
        </h1>
        <p className={classes.text}>{vaultText.lockScreen}</p>
        <UnlockForm />
        <details className={classes.forgotten}>
          <summary>{question}</summary>
          <p>{answer}</p>
          {dataFolder !== null && <p>{folder(dataFolder)}</p>}
        </details>
      </div>
    </main>
  );
}
