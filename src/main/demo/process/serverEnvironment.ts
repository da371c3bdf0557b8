/** What Windows needs to start any program at all. */
const passedOn = ['SystemRoot', 'TEMP', 'TMP'];

/**
 * The environment of the server's programs: theirs alone. Variables of the app or the person (PGDATA, PGPORT, tokens)
 * neither steer the server nor can be read off its processes; messages are in English and times in UTC.
 */
export function serverEnvironment(): Record<string, string> {
  const environment: Record<string, string> = { LC_ALL: 'C', TZ: 'UTC' };
  for (const name of passedOn) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}
