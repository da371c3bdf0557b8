import { useEffect, useEffectEvent, useMemo, useRef } from 'react';
import classes from './Inspector.module.css';

const highlightName = 'inspector-match';
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

function rangeAt(node: Text, place: number, length: number): Range {
  const range = new Range();
  range.setStart(node, place);
  range.setEnd(node, Math.min(node.length, place + length));
  return range;
}

/** A text with what is found in it marked. The marks are drawn above it, so that the text stays one piece. */
export function TextValue({ text, wraps, search, at, onCounted }: TextValueProps) {
  const ref = useRef<HTMLPreElement>(null);
  const places = useMemo(() => matchesIn(text, search), [text, search]);
  const tell = useEffectEvent(onCounted);
  useEffect(() => {
    tell(places.length);
    const node = ref.current?.firstChild;
    if (!(node instanceof Text) || places.length === 0) return;
    const shown = places.slice(0, mostShown).map((place) => rangeAt(node, place, search.length));
    CSS.highlights.set(highlightName, new Highlight(...shown));
    return () => void CSS.highlights.delete(highlightName);
  }, [places, search]);
  useEffect(() => {
    const node = ref.current?.firstChild;
    if (!(node instanceof Text) || places.length === 0) return;
    const current = places[((at % places.length) + places.length) % places.length] ?? 0;
    const box = rangeAt(node, current, search.length).getBoundingClientRect();
    const view = ref.current?.getBoundingClientRect();
    if (view !== undefined) ref.current?.scrollBy({ top: box.top - view.top - view.height / 3 });
  }, [places, search, at]);
  return (
    <pre
      ref={ref}
      className={classes.text}
      data-wraps={wraps || undefined}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a long value must be scrollable by keyboard
      tabIndex={0}
    >
      {text}
    </pre>
  );
}
