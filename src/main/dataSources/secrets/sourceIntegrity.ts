import { endpointOf } from '../../../shared/engines/engines.ts';
import { placeText } from '../../../shared/engines/hostText.ts';
import type { DataSourceFields, Integrity } from '../../../shared/model/dataSource.ts';
import type { Audit } from '../../audit/Audit.ts';
import { AppError } from '../../base/AppError.ts';
import type { InspectedDataSource } from '../DataSourceRepository.ts';

export function dataSourceGone(): AppError {
  return new AppError('NOT_FOUND', { title: 'This data source no longer exists' });
}

/** @throws DATA_SOURCE_CHANGED for one that is not as Mooring saved it, as far as the keys in memory can tell */
export function requireUnchanged({ dataSource, integrity }: InspectedDataSource, audit: Audit): void {
  if (integrity !== 'changed') return;
  audit.record({
    operation: 'data-source.changed-outside',
    subject: dataSource.id,
    outcome: 'DATA_SOURCE_CHANGED',
  });
  throw new AppError('DATA_SOURCE_CHANGED', {
    title: 'This data source was changed outside Mooring',
    detail: 'The saved data does not match its signature. Nothing was sent to the server.',
    causes: [
      'Someone, or another program, edited Mooring’s data file.',
      'The file was damaged or only partly restored from a backup.',
    ],
    fixes: [
      'Check all its settings. If they are correct, confirm them or save them again.',
      'If they are wrong, correct them, or restore Mooring’s data from a backup.',
    ],
  });
}

/** The person was asked whether the address is right and did not confirm it, or nobody could be asked. */
export function addressUnconfirmed({ engine }: DataSourceFields, integrity: Integrity): AppError {
  return new AppError('ADDRESS_UNCONFIRMED', {
    title: 'The address of this data source has not been confirmed',
    detail: `Mooring cannot verify that ${placeText(endpointOf(engine).place)} is the address that was saved. Nothing was sent to it.`,
    causes: [
      integrity === 'unsigned'
        ? 'The data source has no signature: it was saved while no key was available, or someone removed the signature.'
        : 'The key that signs data sources is not available: the vault is locked, or the keychain is not responding.',
    ],
    fixes: [
      'Connect again and confirm the address if it is correct.',
      'Unlock the vault, or try the keychain again in the settings.',
    ],
  });
}
