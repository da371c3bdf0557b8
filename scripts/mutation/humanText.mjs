/** Tells Stryker which text is for people alone: in errors (but for their code) and in lines of the log. */

/** Methods of `Logger`, and of `OutcomeLog` of the IPC server. */
const LOG_METHODS = ['debug', 'info', 'warn', 'error', 'succeeded', 'failed'];
const TEXT_TYPES = ['StringLiteral', 'TemplateLiteral'];
/** Fields of an error, of a question, or of what is reported of a text, that people read. */
const TEXT_FIELDS = [
  ...['title', 'detail', 'causes', 'fixes', 'question', 'confirmLabel'],
  ...['hint', 'label', 'note', 'reason'],
];
/** Errors whose arguments are sentences and nothing else. */
const TEXT_ERRORS = ['Error', 'TypeError', 'ConnectionTextRefused'];

/**
 * What Stryker calls for each node of the syntax tree (Babel's); a node that is ignored is ignored with all below it.
 * @param {any} path
 * @returns {string | undefined} the reason
 */
function reasonToIgnore(path) {
  if (isErrorText(path)) return 'the text of an error is for people';
  if (isSentence(path.node)) return 'a sentence is for people';
  if (isLogText(path)) return 'a line of the log is for people';
  if (isNote(path)) return 'a note is for people';
  return undefined;
}

/** `title: …` and its like in `new AppError(code, { … })`, or in an object that becomes one; the object too if it has no more. */
function isErrorText(path) {
  const { node, parent } = path;
  if (node.type === 'NewExpression') return TEXT_ERRORS.includes(node.callee.name);
  if (node.type === 'ObjectExpression' && parent.type === 'NewExpression') {
    return parent.callee.name === 'AppError' && node.properties.every(isTextField);
  }
  return isTextField(node);
}

function isTextField(node) {
  return node.type === 'ObjectProperty' && TEXT_FIELDS.includes(node.key.name);
}

/** Text that is handed to a function which makes an error of it. */
function isSentence(node) {
  return node.type === 'StringLiteral' && /^[A-Z].* .*\.$/.test(node.value);
}

/** The first argument of `logger.warn(…)`. */
function isLogText(path) {
  if (!TEXT_TYPES.includes(path.node.type) || path.listKey !== 'arguments' || path.key !== 0) return false;
  const { callee } = path.parent;
  return callee?.type === 'MemberExpression' && LOG_METHODS.includes(callee.property.name);
}

/** The sentence in `notes.push('…')`. */
function isNote(path) {
  if (!TEXT_TYPES.includes(path.node.type) || path.listKey !== 'arguments') return false;
  return path.parent.callee?.type === 'MemberExpression' && path.parent.callee.object.name === 'notes';
}

export const strykerPlugins = [
  { kind: 'Ignore', name: 'human-text', value: { shouldIgnore: reasonToIgnore } },
];
