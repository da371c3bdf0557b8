/** What of a frame drawing may take: the rest is for keys and scrolling. */
const turnMs = 8;
/** Without a graphics card the window paints what was drawn after the turn, and is longer at it than at the drawing. */
const maxDrawings = 2;

const waiting = new Map<object, () => void>();
let isScheduled = false;

function takeTurn(): void {
  const startedAt = performance.now();
  let left = maxDrawings;
  for (const [owner, draw] of waiting) {
    waiting.delete(owner);
    draw();
    left -= 1;
    if (left === 0 || performance.now() - startedAt > turnMs) break;
  }
  isScheduled = waiting.size > 0;
  if (isScheduled) requestAnimationFrame(takeTurn);
}

/**
 * Draws in one of the next frames. Twenty charts get their data in the same moment; drawn at once they would hold up
 * whoever types or scrolls.
 * @param owner what is drawn: of several drawings of one, the last one counts
 */
export function drawInTurn(owner: object, draw: () => void): void {
  waiting.set(owner, draw);
  if (!isScheduled) requestAnimationFrame(takeTurn);
  isScheduled = true;
}

/** What is gone is not drawn any more. */
export const drawNoMore = (owner: object): void => void waiting.delete(owner);
