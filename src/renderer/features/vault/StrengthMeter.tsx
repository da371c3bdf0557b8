import { VisuallyHidden } from '@mantine/core';
import { vaultText } from '../../text/vault.ts';
import type { Strength } from './passphraseStrength.ts';
import { useStrength } from './useStrength.ts';
import classes from './vault.module.css';

const words = vaultText.newPassphrase;
const barCount = 4;
/** From here on a passphrase needs no warning: zxcvbn calls it safely unguessable (more than 10^8 guesses). */
const strongScore = 3;

function toneOf(score: number): 'weak' | 'fair' | 'strong' {
  if (score >= strongScore) return 'strong';
  return score === strongScore - 1 ? 'fair' : 'weak';
}

function adviceOf({ score, advice }: Strength, isAllowed: boolean): string {
  if (score >= strongScore) return '';
  return isAllowed ? `${advice} ${words.weak}`.trim() : advice || words.hint;
}

interface StrengthMeterProps {
  readonly passphrase: string;
  /** Whether it may be used, however weak. */
  readonly isAllowed: boolean;
}

/** How strong a passphrase is, in words and bars. It keeps its place while nothing is typed. */
export function StrengthMeter({ passphrase, isAllowed }: StrengthMeterProps) {
  const strength = useStrength(passphrase);
  // One bar at least, so that a very weak one does not look like none.
  const filledCount = strength === null ? 0 : Math.max(1, strength.score);
  return (
    <div>
      <div className={classes.meter}>
        <div className={classes.meterBars} aria-hidden>
          {Array.from({ length: barCount }, (_, index) => index).map((index) => (
            <span
              key={index}
              className={classes.meterBar}
              data-tone={strength !== null && index < filledCount ? toneOf(strength.score) : undefined}
            />
          ))}
        </div>
        <span role="status">
          <VisuallyHidden>{words.meter}: </VisuallyHidden>
          {strength === null ? words.untested : words.strength(strength.score)}
        </span>
      </div>
      <p className={classes.advice}>{strength === null ? words.hint : adviceOf(strength, isAllowed)}</p>
    </div>
  );
}
