import { AppError } from '../base/AppError.ts';

/** Entries are removed only from a trail that is known to be as it was written. */
export function trailNotTrusted(): AppError {
  return new AppError('AUDIT_NOT_PRUNED', {
    title: 'No audit entries were removed',
    detail: 'The audit trail is broken, or its signatures could not be checked.',
    causes: [
      'Entries were changed or removed outside Mooring.',
      'The key that signed the entries was destroyed.',
    ],
    fixes: ['Check the audit trail to see where it is broken.', 'Export it before anything else is changed.'],
  });
}

/** What stands in for the removed entries must be signed. */
export function trailNotSigned(): AppError {
  return new AppError('AUDIT_NOT_PRUNED', {
    title: 'The audit trail cannot be signed',
    detail: 'Removing entries needs the key of the vault, which is not in memory.',
    causes: ['No key has been created yet.', 'The vault was locked in the meantime.'],
    fixes: ['Unlock the vault. If there is no key, save a password: the key is created then.'],
  });
}
