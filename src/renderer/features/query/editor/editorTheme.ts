import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** Both schemes at once: the page's colour scheme chooses. */
const colour = (light: string, dark: string): string => `light-dark(${light}, ${dark})`;

const accent = 'var(--mantine-primary-color-filled)';
const line = 'var(--mooring-line)';
const surface = 'var(--mantine-color-body)';
const dimmed = 'var(--mantine-color-dimmed)';

const content = {
  '&': { height: '100%', backgroundColor: surface, color: 'var(--mantine-color-text)', fontSize: '12px' },
  '&.cm-focused': { outline: 'none' },
  // Opaque, as in the grid: what scrolls is moved and not painted again.
  '.cm-scroller': {
    backgroundColor: surface,
    fontFamily: 'var(--mantine-font-family-monospace)',
    lineHeight: '18px',
  },
  '.cm-content': { padding: '6px 0', caretColor: 'var(--mantine-color-text)', userSelect: 'text' },
  '.cm-line': { padding: '0 12px 0 6px' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--mantine-color-text)', borderLeftWidth: '1.5px' },
  '.cm-placeholder': { color: dimmed },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: 'var(--mooring-selected)',
  },
  '.cm-selectionMatch': { backgroundColor: colour('#e9eef4', '#2b3440') },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: colour('#d9e8da', '#2d4534'),
    outline: 'none',
  },
  '.cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket': {
    backgroundColor: colour('#fbdcdc', '#4d2a2c'),
    outline: 'none',
  },
  // The statement that Run would take.
  '.cm-statement': { boxShadow: `inset 2px 0 0 ${accent}` },
  '.cm-statementPart': { backgroundColor: 'var(--mooring-hover)', borderRadius: '2px' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: `underline wavy ${colour('#d42f2f', '#ff9c92')} 1px`,
    textUnderlineOffset: '3px',
  },
  '.cm-foldPlaceholder': {
    padding: '0 4px',
    border: `1px solid ${line}`,
    backgroundColor: 'transparent',
    color: dimmed,
  },
} as const;

const gutters = {
  '.cm-gutters': { border: 'none', backgroundColor: surface, color: colour('#767d86', '#7f8691') },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '28px', padding: '0 2px 0 8px' },
  '.cm-foldGutter .cm-gutterElement': { width: '14px', cursor: 'default' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--mantine-color-text)' },
} as const;

const panels = {
  '.cm-panels': { backgroundColor: 'var(--mooring-sidebar)', color: 'var(--mantine-color-text)' },
  '.cm-panels.cm-panels-top': { borderBottom: `1px solid ${line}` },
  '.cm-panel.cm-search': {
    padding: '6px 28px 6px 8px',
    fontFamily: 'var(--mantine-font-family)',
    fontSize: '12px',
  },
  '.cm-panel.cm-search label': { display: 'inline-flex', gap: '4px', alignItems: 'center', fontSize: '12px' },
  '.cm-textfield': {
    height: '24px',
    padding: '0 8px',
    border: '1px solid var(--mantine-color-default-border)',
    borderRadius: '4px',
    backgroundColor: surface,
    color: 'var(--mantine-color-text)',
    fontSize: '12px',
  },
  '.cm-textfield:focus': { outline: `2px solid ${accent}`, outlineOffset: '-1px' },
  '.cm-button': {
    height: '24px',
    padding: '0 8px',
    border: '1px solid var(--mantine-color-default-border)',
    borderRadius: '4px',
    backgroundColor: 'var(--mantine-color-default)',
    backgroundImage: 'none',
    color: 'var(--mantine-color-text)',
    fontSize: '12px',
  },
  '.cm-button:active': { backgroundImage: 'none' },
  '.cm-panel.cm-search [name=close]': { top: '6px', right: '8px', color: dimmed, fontSize: '16px' },
  '.cm-searchMatch': { backgroundColor: colour('#fbe7a8', '#5b4a16'), outline: 'none' },
  '.cm-searchMatch-selected': { backgroundColor: colour('#f5c86a', '#8a6d1c') },
} as const;

const tooltips = {
  '.cm-tooltip': {
    border: `1px solid ${line}`,
    borderRadius: '6px',
    backgroundColor: 'var(--mantine-color-default)',
    boxShadow: 'var(--mantine-shadow-md)',
    color: 'var(--mantine-color-text)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    maxHeight: '220px',
    fontFamily: 'var(--mantine-font-family-monospace)',
    fontSize: '12px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    gap: '12px',
    alignItems: 'baseline',
    padding: '2px 10px 2px 6px',
    lineHeight: '18px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--mooring-selected)',
    color: 'var(--mantine-color-text)',
  },
  '.cm-completionMatchedText': {
    color: 'var(--mantine-color-anchor)',
    textDecoration: 'none',
    fontWeight: 600,
  },
  '.cm-completionDetail': {
    marginLeft: 'auto',
    color: dimmed,
    fontFamily: 'var(--mantine-font-family)',
    fontSize: '11px',
    fontStyle: 'normal',
  },
  '.cm-completionInfo': { padding: '6px 10px', fontSize: '12px', whiteSpace: 'pre-wrap' },
  '.cm-sqlHover': { maxWidth: '420px', padding: '6px 10px', fontSize: '12px' },
  '.cm-sqlHover-name': { fontFamily: 'var(--mantine-font-family-monospace)', fontWeight: 600 },
  '.cm-sqlHover-type': {
    marginLeft: '10px',
    color: dimmed,
    fontFamily: 'var(--mantine-font-family-monospace)',
  },
  '.cm-sqlHover-comment': { marginTop: '4px', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  '.cm-diagnostic': { padding: '4px 10px', border: 'none', fontSize: '12px', whiteSpace: 'pre-wrap' },
  '.cm-diagnostic-error': { borderLeft: `3px solid ${colour('#d42f2f', '#ff9c92')}` },
} as const;

/** Every colour but those of the words has at least 4.5:1 on its surface by the theme's own variables. */
const highlighting = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: colour('#2f5b90', '#8fb3dc') },
  { tag: [tags.string, tags.special(tags.string)], color: colour('#8a4b00', '#e0b080') },
  { tag: [tags.number, tags.bool, tags.null], color: colour('#1a6a6a', '#7fcac3') },
  { tag: [tags.comment, tags.lineComment, tags.blockComment], color: dimmed, fontStyle: 'italic' },
  { tag: [tags.typeName, tags.standard(tags.name)], color: colour('#6d3c91', '#c9a2e8') },
  { tag: tags.special(tags.name), color: colour('#a3265e', '#f09abf') },
]);

/** The look of the editor, by the theme's variables. */
export const editorTheme = [
  EditorView.theme({ ...content, ...gutters, ...panels, ...tooltips }),
  syntaxHighlighting(highlighting),
];
