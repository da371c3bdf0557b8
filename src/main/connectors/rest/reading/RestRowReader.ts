import { AppError } from '../../../base/AppError.ts';
import type { ReadableRelation, RowReader } from '../../Catalogue.ts';

export class RestRowReader implements RowReader {
  find(): Promise<ReadableRelation> {
    return Promise.reject(new AppError('UNSUPPORTED', { title: 'Not there yet' }));
  }
}
