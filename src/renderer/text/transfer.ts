import type { ImportAction } from '../../shared/model/transfer.ts';
import { formatCount, plural } from '../lib/format.ts';

const dataSources = (count: number) => plural(count, 'data source', 'data sources');
const passwords = (count: number) => plural(count, 'password', 'passwords');

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
    filter: 'Filter the data sources',
    filterPlaceholder: 'Filter',
    list: 'Data sources to export',
    nothingFound: 'Nothing matches',
    selectAll: 'All',
    selectFound: 'All that match',
    selected: (count: number, total: number) => `${formatCount(count)} of ${formatCount(total)} chosen`,
    protection: 'How the file is protected',
    encrypted: 'Encrypted, with passwords',
    encryptedHint: 'One passphrase opens the file, on any computer with Mooring.',
    plain: 'Without passwords, readable',
    plainHint: 'Names, hosts and users can be read by whoever has the file. Passwords are typed again.',
    lostNote: 'A forgotten passphrase cannot be recovered: without it the file is worthless.',
    save: (count: number) => `Export ${dataSources(count)}…`,
    saved: (fileName: string) => `Saved as “${fileName}”`,
    counts: (dataSourceCount: number, secretCount: number) =>
      secretCount === 0
        ? `${dataSources(dataSourceCount)}, without passwords.`
        : `${dataSources(dataSourceCount)} with ${passwords(secretCount)}.`,
    withoutSecret: (count: number) =>
      `The password of ${dataSources(count)} could not be opened and is not in the file:`,
  },
  import: {
    title: 'Import data sources',
    opening: 'Choose a file in the window of your system…',
    lockedMessage: (fileName: string) =>
      `“${fileName}” is encrypted. Type the passphrase it was exported with.`,
    passphrase: 'Passphrase of the file',
    open: 'Open the file',
    anotherFile: 'Choose another file…',
    from: (fileName: string, count: number) => `“${fileName}” holds ${dataSources(count)}.`,
    table: 'Data sources in the file',
    columns: { name: 'Data source', password: 'Password', action: 'What to do' },
    hasPassword: 'Yes',
    noPassword: 'No',
    unreadable: 'Cannot be imported',
    sameAddress: (name: string) => `“${name}” exists already, with the same address.`,
    otherAddress: (name: string) => `“${name}” exists already, with another address.`,
    actionOf: (name: string) => `What to do with ${name}`,
    action,
    conflicts: (count: number) => `${plural(count, 'name exists', 'names exist')} already`,
    forAll: 'For all of them',
    choose: 'Choose…',
    apply: (count: number) => `Import ${dataSources(count)}`,
    summary: (added: number, replaced: number, skipped: number) =>
      `${formatCount(added)} new, ${formatCount(replaced)} replaced, ${formatCount(skipped)} left out`,
    applying: 'Importing…',
    done: (count: number) => (count === 0 ? 'Nothing was imported' : `Imported ${dataSources(count)}`),
    report: (added: number, replaced: number, skipped: number, secrets: number) =>
      `${formatCount(added)} added, ${formatCount(replaced)} replaced, ${formatCount(skipped)} left out; ${passwords(secrets)} saved.`,
    notes: 'What to know about some of them',
  },
};
