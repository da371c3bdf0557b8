import type { WindowCell } from '../../../../shared/model/results.ts';
import { gridText } from '../../../text/grid.ts';
import { cellPieces, drawnText, isPlain, textOf, trueLength } from '../cells/cellText.ts';
import classes from '../Grid.module.css';
import { newElement } from './newElement.ts';

/** How a cell looks that is not plain text. */
type Tone = 'null' | 'empty' | 'loading' | null;

/** One cell on the screen, used again for whatever comes there. Writes to the page only what has changed. */
export class CellNode {
  readonly element = newElement('div', classes.cell, 'gridcell');
  /** What is drawn; a symbol before anything is. */
  #cell: WindowCell | undefined | symbol = Symbol('nothing');
  #tone: Tone = null;
  #left = -1;
  #width = -1;
  #place = -1;
  #isNumeric = false;
  #isLink = false;
  #isSelected = false;
  #activeId: string | null = null;

  constructor() {
    this.element.setAttribute('aria-selected', 'false');
  }

  /** Lengths in pixels. */
  put(place: number, left: number, width: number): void {
    const { element } = this;
    if (place !== this.#place) {
      this.#place = place;
      element.setAttribute('aria-colindex', String(place + 2));
    }
    if (left !== this.#left) {
      this.#left = left;
      element.style.left = `${left}px`;
    }
    if (width !== this.#width) {
      this.#width = width;
      element.style.width = `${width}px`;
    }
  }

  look(isNumeric: boolean, isLink: boolean): void {
    if (isNumeric !== this.#isNumeric) {
      this.#isNumeric = isNumeric;
      this.element.toggleAttribute('data-numeric', isNumeric);
    }
    if (isLink !== this.#isLink) {
      this.#isLink = isLink;
      this.element.toggleAttribute('data-link', isLink);
    }
  }

  /** @param activeId of the cell that the keyboard is on; null for any other */
  mark(isSelected: boolean, activeId: string | null): void {
    if (isSelected !== this.#isSelected) {
      this.#isSelected = isSelected;
      this.element.setAttribute('aria-selected', String(isSelected));
    }
    if (activeId !== this.#activeId) {
      this.#activeId = activeId;
      if (activeId === null) this.element.removeAttribute('id');
      else this.element.id = activeId;
      this.element.toggleAttribute('data-active', activeId !== null);
    }
  }

  show(cell: WindowCell | undefined): void {
    if (cell === this.#cell) return;
    this.#cell = cell;
    const text = cell === undefined ? undefined : textOf(cell);
    if (cell === undefined || text === undefined) this.#write('', 'loading');
    else if (text === null) this.#write(gridText.null, 'null');
    else if (text === '') this.#write(gridText.empty, 'empty');
    else if (trueLength(cell) === null && isPlain(text)) this.#write(drawnText(text), null);
    else this.#writePieces(text, trueLength(cell));
  }

  #setTone(tone: Tone): void {
    if (tone === this.#tone) return;
    this.#tone = tone;
    if (tone === null) delete this.element.dataset.tone;
    else this.element.dataset.tone = tone;
  }

  #write(text: string, tone: Tone): void {
    this.#setTone(tone);
    const { firstChild } = this.element;
    // A text node that is written again costs a third of a new one.
    if (firstChild instanceof Text && firstChild.nextSibling === null) firstChild.data = text;
    else this.element.textContent = text;
  }

  #writePieces(text: string, length: number | null): void {
    this.#setTone(null);
    const nodes: (string | HTMLElement)[] = cellPieces(text).map((piece) =>
      piece.isMark ? span(classes.mark, piece.text) : piece.text,
    );
    if (length !== null) nodes.push(span(classes.length, gridText.length(length)));
    this.element.replaceChildren(...nodes);
  }
}

function span(className: string | undefined, text: string): HTMLElement {
  const element = newElement('span', className);
  element.textContent = text;
  return element;
}
