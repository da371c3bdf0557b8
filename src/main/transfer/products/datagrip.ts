import { datagripRoute, type SshConfigs, sshConfigsIn } from './datagripRoute.ts';
import { type FoundConnection, otherDatabase, type Product, readable } from './ForeignFile.ts';
import { childText, elementsIn, readXml, type XmlElement } from './xmlElements.ts';

const element = 'data-source';
const localFile = 'dataSources.local.xml';
/** Of the project, or put there from `options` of the IDE's settings. */
const sshFile = 'sshConfigs.xml';
/** In front of what DataGrip copies to the clipboard. */
const clipboardMark = '#DataSourceSettings#';

/**
 * dataSources.xml of DataGrip and the other IDEs of JetBrains, with what stands beside it: dataSources.local.xml has the
 * users, sshConfigs.xml the SSH servers; or what “Copy Settings” puts on the clipboard. The passwords are in the keychain.
 */
export const datagrip: Product = {
  label: 'DataGrip',
  async read({ text, beside }) {
    if (text === null || !text.includes(`<${element} `)) return null;
    const sources = await sourcesIn(text);
    if (sources === null || sources.length === 0) return null;
    const local = await beside(localFile);
    const users = local === null ? [] : ((await sourcesIn(local.toString('utf8'))) ?? []);
    const byId = new Map(users.map((source) => [source.attributes.uuid, source]));
    const servers = await sshConfigsIn(await beside(sshFile));
    const missing = local === null && !text.trimStart().startsWith(clipboardMark);
    return readable(
      sources
        .map((source) => connectionOf(source, byId.get(source.attributes.uuid), servers))
        .map((found) => (missing && !('problem' in found) ? { ...found, usersFile: localFile } : found)),
    );
  },
};

async function sourcesIn(text: string): Promise<readonly XmlElement[] | null> {
  const document = text.trimStart().startsWith(clipboardMark) ? documentOf(text) : text;
  const root = await readXml(document);
  return root === null ? null : elementsIn(root, element);
}

/** Lines with `#` say what the others are; each data source may be a document of its own. */
function documentOf(clipboard: string): string {
  const lines = clipboard.split(/\r?\n/).filter((line) => !line.startsWith('#'));
  return `<all>${lines.join('\n').replace(/<\?xml[^>]*\?>/g, '')}</all>`;
}

function connectionOf(
  source: XmlElement,
  local: XmlElement | undefined,
  servers: SshConfigs,
): FoundConnection {
  const name = source.attributes.name ?? '';
  const url = childText(source, 'jdbc-url');
  const [, engine] = /^jdbc:(postgresql|mysql|mariadb):/.exec(url) ?? [];
  if (engine === undefined) return { name, problem: otherDatabase };
  const both = local === undefined ? [source] : [local, source];
  const textIn = (key: string): string =>
    both.map((one) => childText(one, key)).find((text) => text !== '') ?? '';
  const tls = both.flatMap((one) => elementsIn(one, 'ssl-config')).find(isSwitchedOn);
  const { route, note } = datagripRoute(
    both.flatMap((one) => elementsIn(one, 'ssh-properties')),
    servers,
  );
  const user = textIn('user-name');
  const file = (key: string): string => (tls === undefined ? '' : childText(tls, key));
  return {
    name,
    address: tls === undefined ? url : withTlsMode(url, engine === 'postgresql', childText(tls, 'mode')),
    ...(user !== '' && { user }),
    isReadOnly: source.attributes['read-only'] === 'true',
    folders: (source.attributes.group ?? '').split('/'),
    route,
    tlsFiles: { authority: file('ca-cert'), certificate: file('client-cert'), key: file('client-key') },
    lost: [...note, ...lostOf(textIn('auth-provider'), both)],
  };
}

const isSwitchedOn = (part: XmlElement): boolean => childText(part, 'enabled') === 'true';

/** Their words for TLS, in those of the driver; a mode that the URL has already stays. */
const tlsModes: Readonly<Record<string, readonly [postgres: string, mysql: string]>> = {
  REQUIRE: ['sslmode=require', 'sslMode=REQUIRED'],
  VERIFY_CA: ['sslmode=verify-ca', 'sslMode=VERIFY_CA'],
  VERIFY_FULL: ['sslmode=verify-full', 'sslMode=VERIFY_IDENTITY'],
};

function withTlsMode(url: string, isPostgres: boolean, mode: string): string {
  const [postgres, mysql] = (Object.hasOwn(tlsModes, mode) ? tlsModes[mode] : undefined) ?? [];
  const setting = isPostgres ? postgres : mysql;
  if (setting === undefined || /[?&](?:sslmode|usessl)=/i.test(url)) return url;
  return `${url}${url.includes('?') ? '&' : '?'}${setting}`;
}

/** With a user and a password, or with none of them. */
const ordinaryLogins = new Set(['', 'default', 'credentials', 'no-auth', 'pgpass']);

function lostOf(provider: string, both: readonly XmlElement[]): readonly string[] {
  const has = (key: string): boolean => both.some((one) => elementsIn(one, key).length > 0);
  return [
    ...(provider === 'pgpass' ? ['Its password is in .pgpass: import that file too.'] : []),
    ...(ordinaryLogins.has(provider) ? [] : ['Its way to log in was not taken over.']),
    ...(has('driver-properties') ? ['Its driver properties were not taken over.'] : []),
  ];
}
