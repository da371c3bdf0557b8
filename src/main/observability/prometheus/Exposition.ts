import { setImmediate as nextTurn } from 'node:timers/promises';
import { Registry } from 'prom-client';
import { neverAborted } from '../../base/abort.ts';
import { SharedWork } from '../../base/async/SharedWork.ts';
import { type AppReadings, addAppSeries } from './appSeries.ts';
import { addCountedSeries } from './countedSeries.ts';
import { addReadSeries } from './readSeries.ts';
import type { ScrapedSource, ScrapedSources } from './ScrapedSource.ts';

/** So many data sources are written in one turn of the event loop, in a few milliseconds. */
const pageSize = 10;

/**
 * All series as Prometheus reads them, made from the counters of the data sources each time they are asked for. They
 * carry the opaque id of a data source, a purpose, a state and an outcome, never a host, user, database or SQL text, so
 * that their number and their content stay bounded.
 */
export class Exposition {
  readonly contentType: string = Registry.PROMETHEUS_CONTENT_TYPE;
  readonly #sources: ScrapedSources;
  readonly #appSeries = new Registry();
  readonly #sourceSeries = new Registry();
  /** The data sources that are being written. */
  #page: readonly ScrapedSource[] = [];
  readonly #writing = new SharedWork(() => this.#write());

  constructor(sources: ScrapedSources, app: AppReadings) {
    this.#sources = sources;
    const page = () => this.#page;
    addAppSeries(this.#appSeries, app);
    addCountedSeries(this.#sourceSeries, page);
    addReadSeries(this.#sourceSeries, page);
  }

  /** The text in pages, ready to be sent: the whole may have some 10 MB. Who asks while they are written gets the same. */
  pages(): Promise<readonly Buffer[]> {
    return this.#writing.join(neverAborted);
  }

  /** All lines of a series have to stand together, so each one is written page by page. */
  async #write(): Promise<readonly Buffer[]> {
    const sources = this.#sources();
    const pages = [Buffer.from(await this.#appSeries.metrics())];
    for (const { name } of this.#sourceSeries.getMetricsAsArray()) {
      for (let at = 0; at === 0 || at < sources.length; at += pageSize) {
        this.#page = sources.slice(at, at + pageSize);
        const text = await this.#sourceSeries.getSingleMetricAsString(name);
        const lines = at === 0 ? text : withoutHead(text);
        if (lines !== '') pages.push(Buffer.from(`${lines}\n`));
        await nextTurn();
      }
    }
    this.#page = [];
    return pages;
  }
}

/** Without the lines HELP and TYPE, which a series has once. */
function withoutHead(text: string): string {
  return text.split('\n').slice(2).join('\n');
}
