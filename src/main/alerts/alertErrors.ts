import { type AlertKind, isPipelineAlert, maxOwnAlertRules } from '../../shared/model/alertChoices.ts';
import { AppError } from '../base/AppError.ts';

export const noSuchSubject = (kind: AlertKind): AppError =>
  new AppError('NOT_FOUND', {
    title: `This ${isPipelineAlert(kind) ? 'pipeline' : 'data source'} no longer exists`,
  });

export const noSuchRule = (): AppError =>
  new AppError('NOT_FOUND', {
    title: 'There is no such alert rule',
    fixes: ['The rules for all data sources and pipelines cannot be removed. Turn them off instead.'],
  });

export const tooManyRules = (): AppError =>
  new AppError('TOO_LARGE', {
    title: 'There are too many alert rules for single data sources and pipelines',
    detail: `Mooring keeps ${maxOwnAlertRules} of them.`,
    fixes: [
      'Change the rule for all data sources or pipelines.',
      'Remove rules that are not needed any more.',
    ],
  });
