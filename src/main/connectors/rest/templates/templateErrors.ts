import { AppError } from '../../../base/AppError.ts';

export const invalidTemplate = (template: string, detail: string): AppError =>
  new AppError('INVALID_INPUT', {
    title: 'A template cannot be used',
    detail: `“${template.length > 200 ? `${template.slice(0, 200)}…` : template}”: ${detail}`,
    fixes: ['Change the template in the settings of the resource.'],
  });
