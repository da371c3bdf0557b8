import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, hoverTooltip, type Tooltip } from '@codemirror/view';
import type { TabId } from '../../../../shared/model/tabs.ts';
import { queryText } from '../../../text/query.ts';
import { schemaText } from '../../../text/schema.ts';
import { advisorOf, meaningAt } from '../completion/advisorOf.ts';
import { nearbyStatement } from '../completion/nearbyStatement.ts';
import type { Meaning } from '../completion/SqlAdvisor.ts';
import { maxMarkedLength } from './editorLimits.ts';
import { openRelationAt } from './goToRelation.ts';

const wordBefore = /[\p{L}\p{N}_$"`.]+$/u;
const wordAhead = /^[\p{L}\p{N}_$]*$/u;

async function complete(tabId: TabId, context: CompletionContext): Promise<CompletionResult | null> {
  const advisor = advisorOf(tabId);
  const { state, pos } = context;
  if (advisor === null || state.doc.length > maxMarkedLength) return null;
  if (!context.explicit && context.matchBefore(wordBefore) === null) return null;
  const { text, offset, position } = nearbyStatement(state, advisor.language, pos);
  const advice = await advisor.advisor.complete(text, position);
  if (advice === null || advice.options.length === 0) return null;
  if (!context.explicit && position - advice.from < advice.typedCount) return null;
  return { from: offset + advice.from, options: [...advice.options], validFor: wordAhead };
}

function textElement(className: string, text: string): HTMLElement {
  const element = document.createElement('span');
  element.className = className;
  element.textContent = text;
  return element;
}

/** What is known of a name, as the tooltip says it. */
function meaningElement(meaning: Meaning): HTMLElement {
  const room = document.createElement('div');
  room.className = 'cm-sqlHover';
  const { node } = meaning;
  const isColumn = meaning.type === 'column';
  const name = isColumn ? meaning.column.name : `${node.schema}.${node.name}`;
  const facts = isColumn
    ? [
        meaning.column.type,
        meaning.column.nullable ? queryText.nullable : queryText.notNull,
        ...(meaning.column.isPrimaryKey ? [queryText.primaryKey] : []),
      ].join(', ')
    : schemaText.kindLabel[node.kind];
  room.append(textElement('cm-sqlHover-name', name), textElement('cm-sqlHover-type', facts));
  const comment = isColumn ? meaning.column.comment : node.comment;
  if (comment !== null && comment !== '') {
    const line = document.createElement('div');
    line.append(textElement('cm-sqlHover-comment', comment));
    room.append(line);
  }
  return room;
}

async function hover(tabId: TabId, view: EditorView, at: number): Promise<Tooltip | null> {
  if (view.state.doc.length > maxMarkedLength) return null;
  const meaning = await meaningAt(tabId, view.state, at);
  if (meaning === null) return null;
  return {
    pos: meaning.from,
    end: meaning.to,
    above: true,
    create: () => ({ dom: meaningElement(meaning) }),
  };
}

/** What the catalogue adds to the editor of a tab: completion, what a name means, and the way to it. */
export function sqlAssistance(tabId: TabId): Extension {
  // One and the same source each time: the editor knows a running completion by it.
  const data = [{ autocomplete: (context: CompletionContext) => complete(tabId, context) }];
  return [
    EditorState.languageData.of(() => data),
    hoverTooltip((view, at) => hover(tabId, view, at), { hoverTime: 400 }),
    EditorView.domEventHandlers({
      mousedown(event, view) {
        if (event.button !== 0 || !(event.ctrlKey || event.metaKey)) return false;
        const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
        if (at === null) return false;
        void openRelationAt(tabId, view, at);
        return true;
      },
    }),
  ];
}
