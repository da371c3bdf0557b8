import { useEffect, useEffectEvent, useMemo, useRef } from 'react';
import { textParts } from './textParts.ts';
import classes from './Values.module.css';

const highlightName = 'value-match';
/** More matches are counted and not shown: each one is measured at every drawing. */
const mostShown = 2_000;

interface TextValueProps {
  readonly text: string;
  readonly wraps: boolean;
  /** What is searched for; empty for nothing. */
  readonly search: string;
  /** Which match is scrolled to, counted around. */
  readonly at: number;
  readonly onCounted: (count: number) => void;
}

function matchesIn(text: string, search: string): number[] {
  const found: number[] = [];
  if (search === '') return found;
  const [haystack, needle] = [text.toLowerCase(), search.toLowerCase()];
  // A text whose length changes with its case cannot be searched by its places.
  const isSame = haystack.length === text.length;
  const source = isSame ? haystack : text;
  for (let at = source.indexOf(isSame ? needle : search); at >= 0; ) {
    found.push(at);
    at = source.indexOf(isSame ? needle : search, at + search.length);
  }
  return found;
}

interface ShownText {
  readonly element: HTMLElement;
  /** Where each part begins in the text. */
  readonly starts: readonly number[];
}

function startsOf(parts: readonly string[]): number[] {
  let start = 0;
  return parts.map(({ length }) => {
    start += length;
    return start - length;
  });
}

/** The text node and the place in it, for a place in the whole text. */
function pointAt(shown: ShownText, place: number): readonly [Text, number] | null {
  const { element, starts } = shown;
  const index = starts.findLastIndex((start) => start <= place);
  const node = element.children[index]?.firstChild;
  return node instanceof Text ? [node, Math.min(node.length, place - (starts[index] ?? 0))] : null;
}

function rangeAt(shown: ShownText, place: number, length: number): Range | null {
  const [start, end] = [pointAt(shown, place), pointAt(shown, place + length)];
  if (start === null || end === null) return null;
  const range = new Range();
  range.setStart(...start);
  range.setEnd(...end);
  return range;
}

/** Brings a match into view. What stands above it is only estimated until it was drawn, so it is looked at again then. */
function scrollToRange(element: HTMLElement, range: Range): () => void {
  const scroll = (): void => {
    const [box, view] = [range.getBoundingClientRect(), element.getBoundingClientRect()];
    element.scrollBy({ top: box.top - view.top - view.height / 3 });
  };
  scroll();
  const frame = requestAnimationFrame(scroll);
  return () => cancelAnimationFrame(frame);
}

/** Several values may be on the screen, and each marks what is found in it. */
function sharedHighlight(): Highlight {
  const known = CSS.highlights.get(highlightName);
  if (known !== undefined) return known;
  const made = new Highlight();
  CSS.highlights.set(highlightName, made);
  return made;
}

/** A text in parts, of which only those in view are laid out, with what is found in it marked above it. */
export function TextValue({ text, wraps, search, at, onCounted }: TextValueProps) {
  const ref = useRef<HTMLPreElement>(null);
  const parts = useMemo(() => textParts(text, wraps), [text, wraps]);
  const places = useMemo(() => matchesIn(text, search), [text, search]);
  const tell = useEffectEvent(onCounted);
  const starts = useMemo(() => startsOf(parts), [parts]);
  useEffect(() => {
    tell(places.length);
    const element = ref.current;
    if (element === null || places.length === 0) return;
    const shown = { element, starts };
    const ranges = places.slice(0, mostShown).flatMap((place) => rangeAt(shown, place, search.length) ?? []);
    const highlight = sharedHighlight();
    for (const range of ranges) highlight.add(range);
    return () => {
      for (const range of ranges) highlight.delete(range);
    };
  }, [places, search, starts]);
  useEffect(() => {
    const element = ref.current;
    if (element === null || places.length === 0) return;
    const current = places[((at % places.length) + places.length) % places.length] ?? 0;
    const range = rangeAt({ element, starts }, current, search.length);
    return range === null ? undefined : scrollToRange(element, range);
  }, [places, search, at, starts]);
  return (
    <pre
      ref={ref}
      className={classes.text}
      data-wraps={wraps || undefined}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a long value must be scrollable by keyboard
      tabIndex={0}
    >
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
        <span key={index} className={classes.part}>
          {part}
        </span>
      ))}
    </pre>
  );
}
