import type { EngineFailures } from '../../network/failures/connectError.ts';
import type { EngineWords, Explain } from '../../network/failures/connectSubject.ts';
import { LogInFailure, type LogInFailureKind } from '../login/LogInFailure.ts';
import { ServerError } from '../protocol/ServerError.ts';
import { loginFailures } from './loginFailures.ts';

type LoginFailure = keyof typeof loginFailures;

export const mysqlWords: EngineWords = {
  label: 'MySQL or MariaDB',
  usualPorts: 'MySQL and MariaDB usually use port 3306',
  usualPort: 3306,
  tlsTurnedOff: 'MariaDB before 11.4 offers none by itself',
};

const byLogInFailure: Readonly<Record<LogInFailureKind, LoginFailure>> = {
  'method-unknown': 'methodUnknown',
  'single-sign-on': 'singleSignOn',
  'password-exposed': 'passwordExposed',
  'method-downgraded': 'methodDowngraded',
  'password-rejected': 'passwordWrong',
};

/** What the numbers of the server mean while it lets nobody in. */
const byErrno: ReadonlyMap<number, LoginFailure> = new Map<number, LoginFailure>([
  [1040, 'tooManyConnections'],
  [1041, 'serverTrouble'],
  [1042, 'hostNotAllowed'],
  [1043, 'sessionRefused'],
  [1044, 'databaseForbidden'],
  [1045, 'passwordWrong'],
  [1049, 'databaseUnknown'],
  [1053, 'shuttingDown'],
  [1077, 'shuttingDown'],
  [1079, 'shuttingDown'],
  [1129, 'hostBlocked'],
  [1130, 'hostNotAllowed'],
  [1158, 'serverTrouble'],
  [1159, 'serverTrouble'],
  [1160, 'serverTrouble'],
  [1161, 'serverTrouble'],
  [1203, 'tooManyConnections'],
  [1226, 'tooManyConnections'],
  [1251, 'methodUnknown'],
  [1275, 'methodUnknown'],
  [1298, 'timeZoneUnknown'],
  [1524, 'methodUnknown'],
  [1698, 'socketOnly'],
  [1820, 'passwordExpired'],
  [1862, 'passwordExpired'],
  [3032, 'notReady'],
  [3118, 'accountLocked'],
  [3159, 'tlsRequired'],
  [3168, 'notReady'],
  [3955, 'accountLocked'],
  [4151, 'accountLocked'],
]);

/** What is known of the failures of a log-in. @param hasPassword whether one was given when the server asked */
export function mysqlFailures(hasPassword: boolean): EngineFailures {
  return {
    explain: (error) => explain(error, hasPassword),
    wordsOf: (error) => (error instanceof ServerError ? error.message : null),
  };
}

function explain(error: unknown, hasPassword: boolean): Explain | null {
  if (error instanceof LogInFailure) return loginFailures[byLogInFailure[error.kind]];
  if (!(error instanceof ServerError)) return null;
  const kind = byErrno.get(error.errno) ?? 'sessionRefused';
  return loginFailures[kind === 'passwordWrong' && !hasPassword ? 'passwordMissing' : kind];
}
