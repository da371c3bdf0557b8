import { createStore, type StoreApi } from 'zustand/vanilla';
import type { MetricsRange } from '../../../shared/model/metricsRange.ts';
import type { Span } from '../../components/charts/chartData.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import {
  allowedSpan,
  coversAll,
  type MetricsViewState,
  type RangeKey,
  rangeLengths,
  scaledSpan,
} from './metricsRanges.ts';

/** Where figures come from. */
export interface MetricsSource {
  /** @throws ApiError */
  load(span: Span, signal: AbortSignal): Promise<MetricsRange>;
  /** The newest minutes; null before there are any. */
  live(): MetricsRange | null;
  onLive(listener: () => void): () => void;
  now(): number;
}

/** How often a range is asked for again whose steps are shorter than that. */
const shortestRefreshMs = 10_000;

/** The newest point may be of a moment after the one until which was asked. */
const withNewest = (picture: MetricsRange): MetricsRange => ({
  ...picture,
  to: Math.max(picture.to, picture.points.at(-1)?.at ?? picture.to),
});

/** What the charts of one data source show, and keeping it up to date. */
export class MetricsView {
  readonly store: StoreApi<MetricsViewState>;
  readonly #source: MetricsSource;
  #isFollowing = false;
  #loading: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** All of the range, as it was when somebody zoomed in. */
  #whole: MetricsRange | null = null;

  constructor(source: MetricsSource, range: RangeKey = 'live') {
    this.#source = source;
    this.store = createStore(() => ({
      range,
      zoom: null,
      isPaused: false,
      picture: range === 'live' ? source.live() : null,
      isLoading: false,
      failure: null,
    }));
  }

  get #state(): MetricsViewState {
    return this.store.getState();
  }

  /** Keeps what is shown up to date until the returned function is called. */
  follow(): () => void {
    this.#isFollowing = true;
    if (this.#state.zoom === null) this.refresh();
    const stopLive = this.#source.onLive(() => {
      if (this.#isLive) this.#showLive();
    });
    return () => {
      this.#isFollowing = false;
      stopLive();
      // A part that is under way is waited for; nothing asks again after it.
      if (this.#state.zoom === null) this.#stop();
    };
  }

  choose(range: RangeKey): void {
    this.#whole = null;
    this.store.setState({ range, zoom: null, isPaused: false, failure: null });
    this.refresh();
  }

  zoom(wanted: Span): void {
    const { picture, zoom } = this.#state;
    const whole = zoom === null ? picture : this.#whole;
    if (whole === null) return;
    const span = allowedSpan(wanted, whole);
    if (coversAll(span, whole)) {
      this.reset();
      return;
    }
    this.#whole = whole;
    this.store.setState({ zoom: span });
    this.refresh();
  }

  /**
   * Shows a longer or shorter time.
   * @param around the moment that stays where it is (epoch milliseconds); null: the middle
   */
  scale(factor: number, around: number | null): void {
    const { picture, zoom } = this.#state;
    const shown = zoom ?? picture;
    if (shown !== null) this.zoom(scaledSpan(shown, factor, around ?? (shown.from + shown.to) / 2));
  }

  /** Shows all of the range again. */
  reset(): void {
    if (this.#state.zoom === null) return;
    this.store.setState({ zoom: null, picture: this.#whole, isLoading: false, failure: null });
    this.#whole = null;
    this.refresh();
  }

  setPaused(isPaused: boolean): void {
    this.store.setState({ isPaused });
    if (this.#state.zoom === null) this.refresh();
  }

  /** Asks for what is wanted now. What was shown stays until there is something new. */
  refresh(): void {
    this.#stop();
    const { zoom, isPaused, range } = this.#state;
    const now = this.#source.now();
    if (zoom !== null) void this.#load(zoom);
    else if (isPaused) this.store.setState({ isLoading: false });
    else if (this.#isLive) this.#showLive();
    else void this.#load({ from: now - rangeLengths[range], to: now });
  }

  get #isLive(): boolean {
    const { range, zoom, isPaused } = this.#state;
    return range === 'live' && zoom === null && !isPaused;
  }

  #showLive(): void {
    const picture = this.#source.live() ?? this.#state.picture;
    this.store.setState({ picture, isLoading: false, failure: null });
  }

  #stop(): void {
    this.#loading?.abort();
    this.#loading = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  async #load(span: Span): Promise<void> {
    const controller = new AbortController();
    this.#loading = controller;
    this.store.setState({ isLoading: true });
    try {
      const loaded = await this.#source.load(span, controller.signal);
      if (this.#loading !== controller) return;
      const picture = this.#state.zoom === null ? withNewest(loaded) : loaded;
      this.store.setState({ picture, isLoading: false, failure: null });
    } catch (error) {
      if (this.#loading !== controller) return;
      this.store.setState({ isLoading: false, failure: errorDtoOf(error) });
    }
    // What is zoomed into is over: it changes no more.
    if (this.#state.zoom !== null || !this.#isFollowing) return;
    const stepMs = this.#state.picture?.stepMs ?? 0;
    this.#timer = setTimeout(() => this.refresh(), Math.max(shortestRefreshMs, stepMs));
  }
}
