import { ExpressionError, evaluate } from './expression.ts';
import type { TemplateScope } from './TemplateScope.ts';
import { invalidTemplate } from './templateErrors.ts';

/** A part of a template: text as it stands, or what an expression was evaluated to. */
export type TemplatePart =
  | { readonly type: 'literal'; readonly text: string }
  | { readonly type: 'value'; readonly value: string | null };

/** Behind an expression; quoted texts in it may hold `}}`. */
const expressionPattern = /((?:'[^']*'|"[^"]*"|[^'"}]|\}(?!\}))*)\}\}/y;

/** @throws INVALID_INPUT for what cannot be evaluated, naming what exists */
export function templateParts(template: string, scope: TemplateScope): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let from = 0;
  for (let open = template.indexOf('{{'); open >= 0; open = template.indexOf('{{', from)) {
    if (open > from) parts.push({ type: 'literal', text: template.slice(from, open) });
    expressionPattern.lastIndex = open + 2;
    const source = expressionPattern.exec(template)?.[1];
    if (source === undefined) throw invalidTemplate(template, '“}}” is missing.');
    parts.push({ type: 'value', value: evaluated(template, source, scope) });
    from = expressionPattern.lastIndex;
  }
  if (from < template.length) parts.push({ type: 'literal', text: template.slice(from) });
  return parts;
}

function evaluated(template: string, source: string, scope: TemplateScope): string | null {
  try {
    return evaluate(source, scope);
  } catch (error) {
    if (error instanceof ExpressionError) throw invalidTemplate(template, error.message);
    throw error;
  }
}

/** The text of a template; what has no value is empty. @throws INVALID_INPUT */
export const renderedText = (template: string, scope: TemplateScope): string =>
  templateParts(template, scope)
    .map((part) => (part.type === 'literal' ? part.text : (part.value ?? '')))
    .join('');

/**
 * JSON with values in it. Within a text of the template a value is escaped; elsewhere it stands as it is if it is a number,
 * true, false or null, and as a text otherwise; what has no value is null there.
 * @throws INVALID_INPUT
 */
export function renderedJson(template: string, scope: TemplateScope): string {
  let isInText = false;
  let json = '';
  for (const part of templateParts(template, scope)) {
    if (part.type === 'literal') {
      isInText = endsInText(part.text, isInText);
      json += part.text;
    } else json += isInText ? JSON.stringify(part.value ?? '').slice(1, -1) : literalOf(part.value);
  }
  return json;
}

const literalOf = (value: string | null): string =>
  value !== null && /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/.test(value)
    ? value
    : JSON.stringify(value);

/** Whether a quote is open behind a part of JSON. */
function endsInText(json: string, isInText: boolean): boolean {
  let isOpen = isInText;
  for (let index = 0; index < json.length; index += 1) {
    if (json[index] === '"') isOpen = !isOpen;
    else if (json[index] === '\\' && isOpen) index += 1;
  }
  return isOpen;
}
