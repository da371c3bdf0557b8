import { LineCounter, parseDocument as parseYaml } from 'yaml';
import { AppError } from '../../../base/AppError.ts';

/** How often aliases may be followed: a few lines of YAML can stand for more than there is memory (“billion laughs”). */
const maxAliases = 100;

/**
 * The content of a document: JSON, or YAML 1.2.
 * @throws IMPORT_INVALID with the line of the mistake
 */
export function parseDocument(text: string): unknown {
  const bare = text.replace(/^\ufeff/, '');
  if (bare.trim() === '') {
    throw new AppError('IMPORT_INVALID', { title: 'The document is empty' });
  }
  return parseJson(bare) ?? parseYamlText(bare);
}

/** @returns undefined for a text that is no JSON: it may be YAML all the same, which also says where a mistake is */
function parseJson(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parseYamlText(text: string): unknown {
  const lines = new LineCounter();
  const document = parseYaml(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' });
  const [first] = document.errors;
  if (first !== undefined) throw invalid(lines.linePos(first.pos[0]).line, first);
  try {
    return document.toJS({ maxAliasCount: maxAliases });
  } catch (error) {
    throw new AppError('IMPORT_INVALID', {
      title: 'The document refers to itself too often',
      detail: 'Its aliases stand for more than can be read.',
      cause: error,
    });
  }
}

function invalid(line: number, cause: unknown): AppError {
  return new AppError('IMPORT_INVALID', {
    title: 'The document is neither valid JSON nor valid YAML',
    detail: `The mistake is in line ${line}, or just before it.`,
    fixes: ['Choose the document itself, not a page that shows it.'],
    cause,
  });
}
