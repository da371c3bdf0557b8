/** Names, texts, words, and everything else by the character. */
const parts = /`(?:[^`]|``)*`|'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|[A-Za-z_]+|./gs;

/**
 * A GRANT as MariaDB shows it, without how the account is identified: the hash of a password is nobody's to see, and
 * nothing of it may be copied by accident.
 */
export function withoutIdentification(grant: string): string {
  let isHidden = false;
  let isFirst = false;
  const kept = (grant.match(parts) ?? []).filter((part) => {
    const word = part.toUpperCase();
    if (word === 'IDENTIFIED') {
      isHidden = true;
      isFirst = true;
      return false;
    }
    const isWord = /^[A-Z]/.test(word);
    // Its own WITH follows it at once; another one begins what comes behind.
    if (isHidden && (word === 'REQUIRE' || (word === 'WITH' && !isFirst))) isHidden = false;
    if (isWord) isFirst = false;
    return !isHidden;
  });
  return kept.join('').replace(/ {2,}/g, ' ').trimEnd();
}
