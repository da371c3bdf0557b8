import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { SecretRef } from '../../vault/secrets/SecretRepository.ts';

/** Where the password of a data source is kept in the vault. */
export const passwordRef = (dataSourceId: DataSourceId): SecretRef => ({ dataSourceId, field: 'password' });
