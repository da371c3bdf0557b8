import type { DataSourceExporter } from '../../transfer/DataSourceExporter.ts';
import type { DataSourceImporter } from '../../transfer/DataSourceImporter.ts';
import type { TopicHandlers } from '../handlerTypes.ts';

/** What `Services` holds for this topic. */
interface TransferServices {
  readonly transfer: { readonly exporter: DataSourceExporter; readonly importer: DataSourceImporter };
}

export function transferHandlers({ transfer }: TransferServices): TopicHandlers<'transfer'> {
  const { exporter, importer } = transfer;
  return {
    'transfer.export': (input, { signal }) => exporter.export(input, signal),
    'transfer.open': (_input, { signal }) => importer.open(signal),
    'transfer.unlock': ({ importId, passphrase }, { signal }) =>
      importer.unlock(importId, passphrase, signal),
    'transfer.apply': (input, { signal }) => importer.apply(input, signal),
    'transfer.discard': ({ importId }) => {
      importer.discard(importId);
      return null;
    },
  };
}
