import { type Extension, Facet, RangeSetBuilder, StateEffect } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import type { ScriptStatement, SqlLanguage } from '../../../../shared/sql/SqlLanguage.ts';
import { statementAt } from '../run/scriptParts.ts';
import { maxMarkedLength } from './editorLimits.ts';

/** Reads the dialect of the text; null while there is no data source. */
export const sqlLanguage = Facet.define<SqlLanguage | null, SqlLanguage | null>({
  combine: (values) => values.find((value) => value !== null) ?? null,
});

const statementsRead = StateEffect.define<null>();

const shortestWaitMs = 40;
/** Reading the statements takes at most a tenth of the time. */
const waitPerWork = 10;

const lineMark = Decoration.line({ class: 'cm-statement' });
const partMark = Decoration.mark({ class: 'cm-statementPart' });

/** Marks the statement at the cursor. Statements are read when typing rests; until then the marks move with the text. */
class StatementMark {
  decorations: DecorationSet = Decoration.none;
  readonly #view: EditorView;
  #statements: readonly ScriptStatement[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #lastWorkMs = 0;

  constructor(view: EditorView) {
    this.#view = view;
    this.#readLater();
  }

  update(update: ViewUpdate): void {
    const isRead = update.transactions.some((one) => one.effects.some((effect) => effect.is(statementsRead)));
    const isOther = update.startState.facet(sqlLanguage) !== update.state.facet(sqlLanguage);
    if (update.docChanged || isOther) {
      this.decorations = this.decorations.map(update.changes);
      this.#readLater();
    }
    if (isRead || (this.#timer === null && (update.selectionSet || update.viewportChanged))) {
      this.decorations = this.#decorate(update.view);
    }
  }

  destroy(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #readLater(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    const waitMs = Math.max(shortestWaitMs, this.#lastWorkMs * waitPerWork);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#read();
      this.#view.dispatch({ effects: statementsRead.of(null) });
    }, waitMs);
  }

  #read(): void {
    const { state } = this.#view;
    const language = state.facet(sqlLanguage);
    if (language === null || state.doc.length > maxMarkedLength) {
      this.#statements = [];
      return;
    }
    const startedAt = performance.now();
    this.#statements = language.statements(state.doc.toString());
    this.#lastWorkMs = performance.now() - startedAt;
  }

  #decorate({ state, viewport }: EditorView): DecorationSet {
    const { main } = state.selection;
    const here = main.empty ? statementAt(this.#statements, main.head) : null;
    if (here === null || here.to > state.doc.length) return Decoration.none;
    const builder = new RangeSetBuilder<Decoration>();
    const last = Math.min(here.to, viewport.to);
    let at = state.doc.lineAt(Math.max(here.from, viewport.from));
    const marksPart = this.#sharesLine(here, at.from, state.doc.lineAt(here.to).to);
    while (at.from <= last && at.to >= here.from) {
      builder.add(at.from, at.from, lineMark);
      const from = Math.max(at.from, here.from);
      const to = Math.min(at.to, here.to);
      if (marksPart && from < to) builder.add(from, to, partMark);
      if (at.number === state.doc.lines) break;
      at = state.doc.line(at.number + 1);
    }
    return builder.finish();
  }

  /** Whether the bar beside its lines would not say which statement is meant. */
  #sharesLine(here: ScriptStatement, lineFrom: number, lineTo: number): boolean {
    const at = this.#statements.indexOf(here);
    const before = this.#statements[at - 1];
    const after = this.#statements[at + 1];
    return (before !== undefined && before.to > lineFrom) || (after !== undefined && after.from < lineTo);
  }
}

/** The mark beside the statement that Run takes. */
export const statementMark: Extension = ViewPlugin.fromClass(StatementMark, {
  decorations: (plugin) => plugin.decorations,
});
