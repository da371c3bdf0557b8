import {
  type FoundConnection,
  noClientCertificate,
  noTunnel,
  otherDatabase,
  type Product,
  readable,
} from './ForeignFile.ts';
import { childText, elementsIn, readXml, type XmlElement } from './xmlElements.ts';

const element = 'data-source';
const localFile = 'dataSources.local.xml';
/** In front of what DataGrip copies to the clipboard. */
const clipboardMark = '#DataSourceSettings#';

/**
 * dataSources.xml of DataGrip and the other IDEs of JetBrains, with dataSources.local.xml, which has the users and
 * stands beside it; or what “Copy Settings” puts on the clipboard. The passwords are in the keychain.
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
    return readable(sources.map((source) => connectionOf(source, byId.get(source.attributes.uuid))));
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

function connectionOf(source: XmlElement, local: XmlElement | undefined): FoundConnection {
  const name = source.attributes.name ?? '';
  const address = childText(source, 'jdbc-url');
  if (!/^jdbc:(?:postgresql|mysql|mariadb):/.test(address)) return { name, problem: otherDatabase };
  const both = local === undefined ? [source] : [source, local];
  const isOnIn = (part: string) =>
    both.some((some) => elementsIn(some, part).some((one) => childText(one, 'enabled') === 'true'));
  const user = both.map((some) => childText(some, 'user-name')).find((text) => text !== '');
  return {
    name,
    address,
    ...(user !== undefined && { user }),
    isReadOnly: source.attributes['read-only'] === 'true',
    lost: [
      ...(isOnIn('ssh-properties') ? [noTunnel] : []),
      ...(isOnIn('ssl-config') ? ['Its TLS settings were not taken over: check them under Encryption.'] : []),
      ...(both.some((some) => elementsIn(some, 'client-cert').length > 0) ? [noClientCertificate] : []),
    ],
  };
}
