import { engineOf } from '../../../shared/engines/engines.ts';
import type { DataSource, DataSourceFields, SecretFieldName } from '../../../shared/model/dataSource.ts';
import type { SecretRef } from '../../vault/secrets/SecretRepository.ts';

/** The secret fields that a data source can have, the most important one first. */
export const secretFieldsOf = ({ engine }: Pick<DataSourceFields, 'engine'>): readonly SecretFieldName[] =>
  engineOf(engine.kind).secretFields;

/** Where the secrets of a data source are kept in the vault, stored or not. */
export const secretRefsOf = (dataSource: Pick<DataSource, 'id' | 'engine'>): SecretRef[] =>
  secretFieldsOf(dataSource).map((field) => ({ dataSourceId: dataSource.id, field }));
