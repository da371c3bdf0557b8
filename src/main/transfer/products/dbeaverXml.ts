import { environmentOfType } from './dbeaver.ts';
import {
  type FoundConnection,
  lockedPassword,
  otherDatabase,
  type Product,
  readable,
} from './ForeignFile.ts';
import { colorOf } from './foreignColor.ts';
import { addressOf, engineNames } from './foreignValues.ts';
import { elementsIn, readXml, type XmlElement } from './xmlElements.ts';

/** With what the passwords are mixed, the same in every copy of the program, and what stands at the end of each. */
const publicKey = Buffer.from('sdf@!#$verf^wv%6Fwe%$$#FFGwfsdefwfe135s$^H)dg');
const endMark = Buffer.from([0x00, 0x81]);

/** `.dbeaver-data-sources.xml` of DBeaver before version 6.1, which lies in the project, passwords and all. */
export const dbeaverXml: Product = {
  label: 'DBeaver',
  async read({ text }) {
    if (text === null || !text.includes('<data-sources')) return null;
    const root = await readXml(text);
    const sources = root === null ? [] : elementsIn(root, 'data-source').filter(hasConnection);
    return sources.length === 0 ? null : readable(sources.map(connectionOf));
  },
};

const partOf = (source: XmlElement, name: string): XmlElement | undefined => elementsIn(source, name)[0];
const hasConnection = (source: XmlElement): boolean =>
  source.attributes.provider !== undefined && partOf(source, 'connection') !== undefined;

function connectionOf(source: XmlElement): FoundConnection {
  const { name = '', provider = '', folder = '' } = source.attributes;
  const engine = engineNames.get(provider);
  const { attributes = {} } = partOf(source, 'connection') ?? {};
  if (engine === undefined) return { name, problem: otherDatabase };
  const { host = '', port = '', database = '', user = '', url = '', type = '', color = '' } = attributes;
  const password = passwordOf(attributes.password ?? '');
  const hasHandlers = elementsIn(source, 'network-handler').some((one) => one.attributes.enabled === 'true');
  return {
    name,
    address: host === '' && url !== '' ? url : addressOf({ engine, user, host, port, database }),
    user,
    password,
    isReadOnly: source.attributes['read-only'] === 'true',
    environment: environmentOfType.get(type) ?? 'none',
    color: colorOf(color),
    folders: folder.split('/'),
    lost: [
      ...(password === null && (attributes.password ?? '') !== '' ? [lockedPassword] : []),
      ...(hasHandlers ? ['Its SSH tunnel, proxy and TLS settings were not taken over.'] : []),
    ],
  };
}

/** Null for none, and for one that ends otherwise. */
function passwordOf(text: string): string | null {
  const mixed = Buffer.from(text, 'base64');
  const bytes = mixed.map((byte, index) => byte ^ (publicKey[index % publicKey.length] ?? 0));
  const isWhole = bytes.length > endMark.length && endMark.equals(bytes.subarray(-endMark.length));
  return isWhole ? Buffer.from(bytes.subarray(0, -endMark.length)).toString('utf8') : null;
}
