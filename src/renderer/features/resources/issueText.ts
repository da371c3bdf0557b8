import type { z } from 'zod';
import { formatCount } from '../../lib/format.ts';
import { resourcesText } from '../../text/resources.ts';

const words = resourcesText.wrong;

/** What is wrong with a field, in the words of the window: those of the schema's library are for programmers. */
export function issueText(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'custom':
      return issue.message;
    case 'too_small':
      return issue.origin === 'string' ? words.missing : words.atLeast(formatCount(Number(issue.minimum)));
    case 'too_big':
      return issue.origin === 'string' || issue.origin === 'array'
        ? words.tooLong(formatCount(Number(issue.maximum)))
        : words.atMost(formatCount(Number(issue.maximum)));
    case 'invalid_type':
      return words.number;
    case 'invalid_format':
      return words.status;
    default:
      return words.other;
  }
}
