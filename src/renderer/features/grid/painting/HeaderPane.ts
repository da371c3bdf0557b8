import { gridText } from '../../../text/grid.ts';
import classes from '../Grid.module.css';
import type { PaneView } from './BodyPane.ts';
import { type GridModel, isNumeric } from './GridModel.ts';
import { newElement } from './newElement.ts';

interface HeadNode {
  readonly element: HTMLElement;
  readonly name: HTMLElement;
  readonly type: HTMLElement;
  readonly marks: HTMLElement;
  /** Shown while the column is filtered. */
  readonly funnel: Element;
  readonly button: HTMLElement;
  /** What is drawn, to be written only when it changes. */
  drawn: string;
}

/** The heads of the columns of one side of the grid, in the same slots as the cells below them. */
export class HeaderPane {
  readonly #root: HTMLElement;
  readonly #corner: HTMLElement | null;
  #heads: readonly HeadNode[] = [];

  /** @param hasGutter whether the head of the row numbers stands here */
  constructor(root: HTMLElement, hasGutter: boolean) {
    this.#root = root;
    this.#corner = hasGutter ? newCorner() : null;
  }

  paint(view: PaneView, model: GridModel, gutterWidth: number): void {
    if (this.#heads.length !== view.columnSlots || this.#root.childElementCount === 0) {
      this.#heads = Array.from({ length: view.columnSlots }, newHead);
      this.#root.replaceChildren(
        ...(this.#corner === null ? [] : [this.#corner]),
        ...this.#heads.map(({ element }) => element),
      );
    }
    if (this.#corner !== null) this.#corner.style.width = `${gutterWidth}px`;
    for (let index = 0; index < view.columnSlots; index += 1) {
      const place = view.firstPlace + index;
      const head = this.#heads[place % view.columnSlots];
      if (head !== undefined) paintHead(head, place, view, model);
    }
  }
}

function newCorner(): HTMLElement {
  const corner = newElement('div', classes.corner, 'columnheader');
  corner.setAttribute('aria-colindex', '1');
  corner.setAttribute('aria-label', gridText.rowNumber);
  corner.title = gridText.selectAll;
  corner.textContent = '#';
  return corner;
}

function newHead(): HeadNode {
  const element = newElement('div', classes.columnHeader, 'columnheader');
  const line = newElement('div', classes.columnLine);
  const name = newElement('span', classes.columnName);
  const marks = newElement('span', classes.columnMarks);
  const funnel = newFunnel();
  line.append(name, marks, funnel);
  const type = newElement('div', classes.columnType);
  const button = newElement('button', classes.menuButton);
  button.tabIndex = -1;
  button.textContent = '▾';
  button.dataset.menu = '';
  const resizer = newElement('div', classes.resizer);
  resizer.dataset.resizer = '';
  element.append(line, type, button, resizer);
  return { element, name, type, marks, funnel, button, drawn: '' };
}

function paintHead(head: HeadNode, place: number, view: PaneView, model: GridModel): void {
  const { edges, layout } = model.geometry;
  const position = place < view.endPlace ? layout.order[place] : undefined;
  const column = position === undefined ? undefined : model.columns[position];
  const { element } = head;
  element.hidden = column === undefined;
  if (position === undefined || column === undefined) return;
  const left = edges[place] ?? 0;
  const width = (edges[place + 1] ?? 0) - left;
  const sortIndex = model.sort.findIndex((key) => key.column === position);
  const sort = model.sort[sortIndex];
  const order = orderMark(model, sortIndex);
  const isFiltered = model.filters.some((filter) => filter.column === position);
  const isSelected = model.ranges.some((range) => place >= range.firstColumn && place <= range.lastColumn);
  const state = [order, isFiltered, isSelected];
  const drawn = [place, view.left + left, width, position, column.name, column.type, ...state].join('\0');
  if (drawn === head.drawn) return;
  head.drawn = drawn;
  element.style.left = `${view.left + left}px`;
  element.style.width = `${width}px`;
  element.dataset.place = String(place);
  element.setAttribute('aria-colindex', String(place + 2));
  element.toggleAttribute('data-numeric', isNumeric(column));
  element.toggleAttribute('data-selected', isSelected);
  element.title = gridText.columnHint(column.name, column.type);
  if (sort === undefined) element.removeAttribute('aria-sort');
  else element.setAttribute('aria-sort', sort.descending ? 'descending' : 'ascending');
  head.name.textContent = column.name === '' ? gridText.unnamed : column.name;
  head.name.toggleAttribute('data-unnamed', column.name === '');
  head.type.textContent = column.type;
  head.marks.textContent = order;
  head.funnel.toggleAttribute('hidden', !isFiltered);
  head.button.setAttribute('aria-label', gridText.columnMenu(column.name));
}

/** `↑` and `↓`, with the number of the key among several; nothing for a column that is not sorted by. */
function orderMark({ sort }: GridModel, index: number): string {
  const key = sort[index];
  if (key === undefined) return '';
  return `${key.descending ? '↓' : '↑'}${sort.length > 1 ? index + 1 : ''}`;
}

const svg = 'http://www.w3.org/2000/svg';

/** The picture of a filter. */
function newFunnel(): Element {
  const picture = document.createElementNS(svg, 'svg');
  picture.setAttribute('class', classes.funnel ?? '');
  picture.setAttribute('viewBox', '0 0 12 12');
  picture.setAttribute('role', 'img');
  picture.setAttribute('aria-label', gridText.filtered);
  const path = document.createElementNS(svg, 'path');
  path.setAttribute('d', 'M1 2h10L7 6.5V11L5 9.5v-3z');
  picture.append(path);
  return picture;
}
