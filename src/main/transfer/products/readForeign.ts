import { maxTransferCount } from '../../../shared/model/transfer.ts';
import type { ImportFile } from '../ImportFile.ts';
import type { ImportEntry } from '../importEntry.ts';
import { importTooLong } from '../transferErrors.ts';
import { azureDataStudio } from './azureDataStudio.ts';
import { beekeeper } from './beekeeper.ts';
import { datagrip } from './datagrip.ts';
import { dbeaver } from './dbeaver.ts';
import { dbeaverXml } from './dbeaverXml.ts';
import { dbgate } from './dbgate.ts';
import type { ForeignFile, FoundConnection, Product } from './ForeignFile.ts';
import { foreignEntry } from './foreignEntry.ts';
import { heidisql } from './heidisql.ts';
import { mysqlOptionFile } from './mysqlOptionFile.ts';
import { pgadmin } from './pgadmin.ts';
import { pgpass, pgService } from './postgresFiles.ts';
import { tableplus } from './tableplus.ts';

/** Those with the clearest marks first. */
const products: readonly Product[] = [
  ...[pgadmin, dbeaver, dbeaverXml, dbgate, datagrip, heidisql, azureDataStudio, tableplus, beekeeper],
  ...[mysqlOptionFile, pgService, pgpass],
];

/**
 * Finds out which product wrote a file, and reads it.
 * @returns null when it is none that is known
 * @throws IMPORT_INVALID
 */
export async function readForeign(file: ForeignFile): Promise<ImportFile | null> {
  for (const { label: product, read } of products) {
    const found = await read(file);
    if (found?.type === 'readable')
      return { product, type: 'readable', entries: entriesOf(found.connections) };
    if (found !== null) {
      const open = async (passphrase: string) => entriesOf(await found.open(passphrase));
      return { product, type: 'sealed', open };
    }
  }
  return null;
}

function entriesOf(connections: readonly FoundConnection[]): ImportEntry[] {
  if (connections.length > maxTransferCount) throw importTooLong();
  return connections.map(foreignEntry);
}
