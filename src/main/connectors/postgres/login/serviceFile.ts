import { homedir } from 'node:os';
import { join } from 'node:path';
import { type ServiceSettings, servicesOf } from '../../../../shared/engines/postgres/serviceFile.ts';
import type { ConnectionProfile } from '../../../../shared/model/connectionProfile.ts';
import { AppError, isAppError } from '../../../base/AppError.ts';
import { cleanText } from '../../../base/cleanText.ts';
import { readWhole } from '../../../base/files/readWhole.ts';

const maxFileBytes = 1024 * 1024;
const maxNames = 20;
const maxTextLength = 200;
const maxSettings = 100;

/** What never leaves main. */
const secretSettings: ReadonlySet<string> = new Set([
  ...['password', 'sslpassword', 'oauth_client_secret', 'scram_client_key', 'scram_server_key'],
]);

/** What libpq's own environment says about the place of the files; each absent as usual. */
type ServiceEnvironment = Readonly<
  Partial<Record<'PGSERVICEFILE' | 'PGSYSCONFDIR' | 'APPDATA', string | undefined>>
>;

/** Where Debian's and Ubuntu's libpq looks without `PGSYSCONFDIR`; on other systems this is set, or there is none. */
const usualSystemFolder = '/etc/postgresql-common';

/** The person's own file, then the one for all of this computer. */
function pathsIn({ PGSERVICEFILE, PGSYSCONFDIR, APPDATA }: ServiceEnvironment, home: string): string[] {
  const own =
    process.platform === 'win32'
      ? join(APPDATA ?? join(home, 'AppData', 'Roaming'), 'postgresql', '.pg_service.conf')
      : join(home, '.pg_service.conf');
  return [PGSERVICEFILE || own, join(PGSYSCONFDIR || usualSystemFolder, 'pg_service.conf')];
}

/**
 * The settings of a service in the person's `pg_service.conf`, found where libpq looks for it. No text says where that is.
 * @throws NOT_FOUND when no file has it, with the names that are there; FILE_FAILED for a file that cannot be read
 */
export async function readService(
  name: string,
  environment: ServiceEnvironment = process.env,
  home: string = homedir(),
): Promise<ConnectionProfile> {
  const looked: { readonly path: string; readonly names: readonly string[] | null }[] = [];
  for (const path of pathsIn(environment, home)) {
    const services = await readServices(path);
    const found = services?.get(name);
    if (found !== undefined) return profileOf(path, found);
    looked.push({ path, names: services === null ? null : [...services.keys()] });
  }
  throw serviceNotFound(name, looked);
}

/** Null when there is no such file. */
async function readServices(path: string): Promise<ReadonlyMap<string, ServiceSettings> | null> {
  let text: string;
  try {
    text = (await readWhole(path, maxFileBytes)).toString('utf8');
  } catch (error) {
    if (isAppError(error) && error.driverCode === 'ENOENT') return null;
    throw error;
  }
  const services = servicesOf(text);
  if (services === null) throw notAServiceFile(path);
  return services;
}

function profileOf(path: string, service: ServiceSettings): ConnectionProfile {
  if (service.has('service')) {
    throw unusable(path, 'The service names another service, which libpq does not follow either.');
  }
  const settings = [...service].filter(([key]) => !secretSettings.has(key)).slice(0, maxSettings);
  return {
    path: cleanText(path, maxTextLength),
    settings: settings.map(([name, value]) => ({ name, value })),
    hasSecrets: settings.length < service.size,
  };
}

function serviceNotFound(
  name: string,
  looked: readonly { readonly path: string; readonly names: readonly string[] | null }[],
): AppError {
  const places = looked.map(({ path, names }) => {
    const where = cleanText(path, maxTextLength);
    if (names === null) return `${where} is not there.`;
    const shown = names.slice(0, maxNames).map((each) => cleanText(each, maxTextLength));
    const rest = names.length > maxNames ? ` and ${names.length - maxNames} more` : '';
    return names.length === 0 ? `${where} has no services.` : `${where} has ${shown.join(', ')}${rest}.`;
  });
  return new AppError('NOT_FOUND', {
    title: `No service is called ${cleanText(name, maxTextLength)}`,
    detail: places.join('\n'),
    fixes: ['Check the name of the service, or add it to the file.'],
  });
}

const notAServiceFile = (path: string): AppError =>
  unusable(path, 'It has a line that is neither [service] nor setting=value.');

const unusable = (path: string, detail: string): AppError =>
  new AppError('FILE_FAILED', {
    title: `The service file ${cleanText(path, maxTextLength)} cannot be used`,
    detail,
    fixes: ['Correct the file, or enter the address instead.'],
  });
