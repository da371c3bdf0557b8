import { maxOwnAlertRules } from '../../shared/model/alertChoices.ts';
import { AppError } from '../base/AppError.ts';

export const noSuchSource = (): AppError =>
  new AppError('NOT_FOUND', { title: 'This data source no longer exists' });

export const noSuchRule = (): AppError =>
  new AppError('NOT_FOUND', {
    title: 'This data source has no such alert rule of its own',
    fixes: ['The rules for all data sources cannot be removed. Turn them off instead.'],
  });

export const tooManyRules = (): AppError =>
  new AppError('TOO_LARGE', {
    title: 'There are too many alert rules for single data sources',
    detail: `Mooring keeps ${maxOwnAlertRules} of them.`,
    fixes: ['Change the rule for all data sources.', 'Remove rules that are not needed any more.'],
  });
