import { isIn, leftToRight, mappedToNothing, otherSpaces, refused, rightToLeft } from './stringprepTables.ts';

const onlyAscii = /^[\0-\x7f]*$/;

/**
 * The password as SCRAM hashes it: SASLprep (RFC 4013) in the way PostgreSQL applies it on both sides. It leaves ASCII
 * alone, checks the characters before and not after normalization, and uses a password that the profile refuses as it
 * is. Any other reading of the RFC locks out everybody with an emoji in the password.
 *
 * @param password well-formed Unicode
 */
export function saslprep(password: string): string {
  if (onlyAscii.test(password)) return password;
  const codePoints = [...password].flatMap(mapped);
  if (codePoints.length === 0 || codePoints.some((code) => isIn(refused, code))) return password;
  if (!isBidirectionalSafe(codePoints)) return password;
  return codePoints
    .map((code) => String.fromCodePoint(code))
    .join('')
    .normalize('NFKC');
}

/** RFC 3454, section 3. A zero-width space is in both tables; as a space it is kept. */
function mapped(character: string): readonly number[] {
  const code = character.codePointAt(0) ?? 0;
  if (isIn(otherSpaces, code)) return [0x20];
  return isIn(mappedToNothing, code) ? [] : [code];
}

/** RFC 3454, section 6: text from right to left has none of the other kind in it, and begins and ends as such. */
function isBidirectionalSafe(codePoints: readonly number[]): boolean {
  if (!codePoints.some((code) => isIn(rightToLeft, code))) return true;
  if (codePoints.some((code) => isIn(leftToRight, code))) return false;
  return [codePoints.at(0), codePoints.at(-1)].every((code) => isIn(rightToLeft, code ?? 0));
}
