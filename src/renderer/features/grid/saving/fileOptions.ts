import type { FileFormat, FileOptions } from '../../../../shared/model/results.ts';

export const formatOf = ({ type, csv }: FileOptions): FileFormat =>
  type === 'csv' ? { type, options: csv } : { type };
