import { useEffect, useState } from 'react';
import { rateStrength, type Strength } from './passphraseStrength.ts';

/** A pause in typing after which it is worth rating. */
const pauseMs = 120;

/** The strength of what is typed; null while nothing is, and when it cannot be told. */
export function useStrength(passphrase: string): Strength | null {
  const [strength, setStrength] = useState<Strength | null>(null);
  useEffect(() => {
    if (passphrase === '') return setStrength(null);
    let isNewest = true;
    const show = (rated: Strength | null) => {
      if (isNewest) setStrength(rated);
    };
    const timer = setTimeout(() => {
      rateStrength(passphrase).then(show, () => show(null));
    }, pauseMs);
    return () => {
      isNewest = false;
      clearTimeout(timer);
    };
  }, [passphrase]);
  return strength;
}
