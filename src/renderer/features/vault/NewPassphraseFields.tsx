import { useState } from 'react';
import { newPassphraseSchema } from '../../../shared/model/vault.ts';
import { Notice } from '../../components/Notice.tsx';
import { vaultText } from '../../text/vault.ts';
import { PassphraseField } from './PassphraseField.tsx';
import { StrengthMeter } from './StrengthMeter.tsx';
import classes from './vault.module.css';

const words = vaultText.newPassphrase;

interface NewPassphraseFieldsProps {
  /** Told after each change: the passphrase once it may be used and was typed twice, else null. */
  readonly onChange: (passphrase: string | null) => void;
  /** The first field takes the focus when its window opens. */
  readonly focused?: boolean;
  /** What losing it means; about what it protects in the vault when absent. */
  readonly lostNote?: string;
}

/** What is wrong with a chosen passphrase; null when it may be used. */
function problemOf(passphrase: string): string | null {
  return newPassphraseSchema.safeParse(passphrase).error?.issues[0]?.message ?? null;
}

/** A passphrase as it is chosen: twice, with its strength and the warning that nobody can bring it back. */
export function NewPassphraseFields({ onChange, focused, lostNote = words.lost }: NewPassphraseFieldsProps) {
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [left, setLeft] = useState({ first: false, second: false });
  const problem = problemOf(first);
  const differs = first !== second;
  const change = (nextFirst: string, nextSecond: string) => {
    setFirst(nextFirst);
    setSecond(nextSecond);
    onChange(problemOf(nextFirst) === null && nextFirst === nextSecond ? nextFirst : null);
  };
  return (
    <div className={classes.stack}>
      <div>
        <PassphraseField
          label={words.first}
          kind="new"
          value={first}
          onChange={(value) => change(value, second)}
          onBlur={() => setLeft({ ...left, first: first !== '' })}
          error={left.first && first !== '' ? problem : null}
          {...(focused !== undefined && { focused })}
        />
        <StrengthMeter passphrase={first} isAllowed={problem === null} />
      </div>
      <PassphraseField
        label={words.second}
        kind="new"
        value={second}
        onChange={(value) => change(first, value)}
        onBlur={() => setLeft({ ...left, second: second !== '' })}
        error={
          differs && second !== '' && (left.second || second.length >= first.length) ? words.differs : null
        }
      />
      <Notice tone="warning">{lostNote}</Notice>
    </div>
  );
}
