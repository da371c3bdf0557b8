import { AppError } from '../../../base/AppError.ts';

/** @throws INVALID_INPUT for what would end the header, or begin another one */
export function headerLine(name: string, value: string): readonly [string, string] {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
    throw new AppError('INVALID_INPUT', { title: `“${name}” is not the name of a header` });
  }
  // HTTP sends Latin-1 at most; control characters end the line.
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
    throw new AppError('INVALID_INPUT', {
      title: `The header “${name}” has a value that cannot be sent`,
      detail:
        'It contains a line break, a control character or a character that HTTP headers cannot contain.',
    });
  }
  return [name, value];
}
