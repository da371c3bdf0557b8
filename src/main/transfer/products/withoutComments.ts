const text = /"(?:\\[\s\S]|[^"\\])*(?:"|\\?$)/.source;
const comment = /\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/|$)/.source;
/**
 * A text, a comment, or a comma before a closing bracket. Texts come first, so that nothing is found within them; one
 * that does not end goes to the end, or each of its characters would be looked at again.
 */
const parts = new RegExp(`${text}|${comment}|,(?=(?:\\s|${comment})*[\\]}])`, 'g');

/** JSON as editors keep their settings, with comments and commas at the end of lists, as plain JSON. */
export const withoutComments = (json: string): string =>
  json.replace(parts, (part) => (part.startsWith('"') ? part : ' '));
