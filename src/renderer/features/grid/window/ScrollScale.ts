/**
 * Tallest element, in pixels. Chromium ends at 33.5 million device pixels, and a screen may have four of them to one of
 * ours.
 */
const maxHeightPx = 8_000_000;
/** So far from either end a pixel of the scroll bar is a pixel of the content: no row there is out of reach. */
const exactEdgePx = 200_000;
/** A longer way than so many views in one step was made with the scroll bar, and not with a wheel. */
const longestStepInViews = 4;

/**
 * Scrolls content that is taller than an element can be. The scroll bar moves in proportion; a wheel moves pixel by
 * pixel wherever it is, so that no row is skipped. All lengths are in pixels.
 */
export class ScrollScale {
  #contentHeight = 0;
  #viewHeight = 0;
  #elementTop = 0;
  #contentTop = 0;

  /** What the element scrolls over. */
  get elementHeight(): number {
    return Math.min(this.#contentHeight, maxHeightPx);
  }

  /** First pixel of the content that is in view. */
  get contentTop(): number {
    return this.#contentTop;
  }

  /** Add to a place in the content for the place in the element. Constant for as long as scrolling is by the pixel. */
  get shift(): number {
    return this.#elementTop - this.#contentTop;
  }

  get #isScaled(): boolean {
    return this.#contentHeight > maxHeightPx;
  }

  get #lastContentTop(): number {
    return Math.max(0, this.#contentHeight - this.#viewHeight);
  }

  get #lastElementTop(): number {
    return Math.max(0, this.elementHeight - this.#viewHeight);
  }

  /** The content has grown or shrunk, or the view has. @returns where the element must be scrolled to */
  resize(contentHeight: number, viewHeight: number): number {
    this.#contentHeight = contentHeight;
    this.#viewHeight = viewHeight;
    return this.moveTo(this.#contentTop);
  }

  /** The element was scrolled. @returns where it must be scrolled to instead, or null to leave it there */
  scrolledTo(elementTop: number): number | null {
    const step = elementTop - this.#elementTop;
    this.#elementTop = elementTop;
    if (!this.#isScaled) this.#contentTop = elementTop;
    else if (Math.abs(step) > longestStepInViews * this.#viewHeight)
      this.#contentTop = this.#toContent(elementTop);
    else {
      this.#contentTop = Math.max(0, Math.min(this.#lastContentTop, this.#contentTop + step));
      const isAtEnd = elementTop <= 0 || elementTop >= this.#lastElementTop;
      if (isAtEnd) return this.settle();
    }
    return null;
  }

  /** Scrolls the content. @returns where the element must be scrolled to */
  moveTo(contentTop: number): number {
    this.#contentTop = Math.max(0, Math.min(this.#lastContentTop, contentTop));
    this.#elementTop = this.#toElement(this.#contentTop);
    return this.#elementTop;
  }

  /**
   * After scrolling pixel by pixel the scroll bar is not where it belongs.
   * @returns where it belongs, for a moment in which nobody scrolls; null when it is there
   */
  settle(): number | null {
    const before = this.#elementTop;
    const elementTop = this.moveTo(this.#contentTop);
    return Math.abs(elementTop - before) < 1 ? null : elementTop;
  }

  #toElement(contentTop: number): number {
    if (!this.#isScaled) return contentTop;
    if (contentTop <= exactEdgePx) return contentTop;
    const fromEnd = this.#lastContentTop - contentTop;
    if (fromEnd <= exactEdgePx) return this.#lastElementTop - fromEnd;
    return Math.round(exactEdgePx + (contentTop - exactEdgePx) / this.#ratio);
  }

  #toContent(elementTop: number): number {
    if (elementTop <= exactEdgePx) return elementTop;
    const fromEnd = this.#lastElementTop - elementTop;
    if (fromEnd <= exactEdgePx) return this.#lastContentTop - fromEnd;
    return Math.round(exactEdgePx + (elementTop - exactEdgePx) * this.#ratio);
  }

  /** Pixels of the content to one of the scroll bar, between the edges. */
  get #ratio(): number {
    return (this.#lastContentTop - 2 * exactEdgePx) / (this.#lastElementTop - 2 * exactEdgePx);
  }
}
