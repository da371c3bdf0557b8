import type { EditorState } from '@codemirror/state';
import type { SqlLanguage } from '../../../../shared/sql/SqlLanguage.ts';
import { nearbyLength } from '../editor/editorLimits.ts';
import { statementAt } from '../run/scriptParts.ts';

/** The statement around a place of the text. */
export interface NearbyStatement {
  readonly text: string;
  /** Where it begins in the text of the editor. */
  readonly offset: number;
  /** The place, in the statement. */
  readonly position: number;
}

/**
 * The statement at a place. Of a large text only what is near is read, which may be wrong in a statement that is longer
 * than that.
 */
export function nearbyStatement(state: EditorState, language: SqlLanguage, at: number): NearbyStatement {
  const from = Math.max(0, at - nearbyLength);
  const script = state.sliceDoc(from, Math.min(state.doc.length, at + nearbyLength));
  const local = at - from;
  const statements = language.statements(script);
  const here = statementAt(statements, local);
  // Behind the delimiter of the last one, or between two, a new statement begins.
  if (here === null || local < here.from || local > here.end || (local === here.end && here.end > here.to)) {
    return { text: '', offset: at, position: 0 };
  }
  // What stands between the end of the words and the cursor is part of it: `FROM ` and a blank.
  const text = script.slice(here.from, Math.max(here.to, local));
  return { text, offset: from + here.from, position: local - here.from };
}
