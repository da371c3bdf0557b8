import type { ImportAction } from '../../shared/model/transfer.ts';
import { formatCount, plural } from '../lib/format.ts';

const dataSources = (count: number) => plural(count, 'data source', 'data sources');
const passwords = (count: number) => plural(count, 'password', 'passwords');

const from = (product: string | null) => (product === null ? '' : ` from ${product}`);

const action: Record<ImportAction, string> = {
  add: 'Import',
  skip: 'Skip',
  replace: 'Replace',
  'keep-both': 'Keep both',
};

export const transferText = {
  exportButton: 'Export…',
  importButton: 'Import…',
  export: {
    title: 'Export data sources',
    filter: 'Filter data sources to export',
    filterPlaceholder: 'Filter',
    list: 'Data sources to export',
    nothingFound: 'No matches',
    selectAll: 'Select all',
    selectFound: 'Select all matches',
    selected: (count: number, total: number) => `${formatCount(count)} of ${formatCount(total)} selected`,
    protection: 'Protection',
    encrypted: 'Encrypted, with passwords',
    encryptedHint: 'The file opens with its passphrase, on any computer with Mooring.',
    plain: 'Not encrypted, without passwords',
    plainHint: 'Anyone who has the file can read names, hosts and users. Passwords must be entered again.',
    lostNote: 'A forgotten passphrase cannot be recovered. Without it, nobody can open the file.',
    save: (count: number) => `Export ${dataSources(count)}…`,
    saved: (fileName: string) => `Saved as “${fileName}”`,
    counts: (dataSourceCount: number, secretCount: number) =>
      secretCount === 0
        ? `${dataSources(dataSourceCount)}, without passwords.`
        : `${dataSources(dataSourceCount)} with ${passwords(secretCount)}.`,
    withoutSecret: (count: number) =>
      `The password of ${dataSources(count)} could not be decrypted and is not in the file:`,
  },
  import: {
    title: 'Import data sources',
    opening: 'Select a file in the system dialog…',
    lockedMessage: (fileName: string, product: string | null) =>
      `“${fileName}” is encrypted${product === null ? '' : ` by ${product}`}. Enter the passphrase it was exported with.`,
    passphrase: 'File passphrase',
    open: 'Open file',
    anotherFile: 'Select another file…',
    from: (fileName: string, count: number, product: string | null) =>
      `“${fileName}” contains ${dataSources(count)}${from(product)}.`,
    takeSecrets: (count: number, product: string) =>
      `Import the ${count === 1 ? 'password' : passwords(count)} that ${product} stores in this file`,
    table: 'Data sources in the file',
    columns: { name: 'Data source', password: 'Password', action: 'Action' },
    folder: (name: string) => `In the folder ${name}`,
    hasPassword: 'Yes',
    noPassword: 'No',
    unreadable: 'Cannot be imported',
    sameAddress: (name: string) => `“${name}” already exists, with the same address.`,
    otherAddress: (name: string) => `“${name}” already exists, with a different address.`,
    actionOf: (name: string) => `Action for ${name}`,
    action,
    conflicts: (count: number) => plural(count, 'name already exists', 'names already exist'),
    forAll: 'Apply to all',
    choose: 'Select…',
    apply: (count: number) => `Import ${dataSources(count)}`,
    summary: (added: number, replaced: number, skipped: number) =>
      `${formatCount(added)} new, ${formatCount(replaced)} replaced, ${formatCount(skipped)} skipped`,
    applying: 'Importing…',
    done: (count: number) => (count === 0 ? 'Nothing was imported' : `Imported ${dataSources(count)}`),
    report: (added: number, replaced: number, skipped: number, secrets: number) =>
      `${formatCount(added)} added, ${formatCount(replaced)} replaced, ${formatCount(skipped)} skipped; ${passwords(secrets)} saved.`,
    notes: 'Notes',
  },
};
