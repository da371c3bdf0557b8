import { setImmediate as nextTurn } from 'node:timers/promises';
import { Registry } from 'prom-client';
import { neverAborted } from '../../base/abort.ts';
import { SharedWork } from '../../base/async/SharedWork.ts';
import { type AppReadings, addAppSeries } from './appSeries.ts';
import { addCountedSeries } from './countedSeries.ts';
import { addReadSeries } from './readSeries.ts';
import type { ScrapedSource, ScrapedSources } from './ScrapedSource.ts';

/** So many data sources are written in one turn of the event loop, in some 10 ms at most. */
const pageSize = 25;

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

  /** Who asks while it is written gets the same text. */
  text(): Promise<string> {
    return this.#writing.join(neverAborted);
  }

  /** All lines of a series have to stand together, so each one is written page by page. */
  async #write(): Promise<string> {
    const sources = this.#sources();
    const parts = [await this.#appSeries.metrics()];
    for (const { name } of this.#sourceSeries.getMetricsAsArray()) {
      for (let at = 0; at === 0 || at < sources.length; at += pageSize) {
        this.#page = sources.slice(at, at + pageSize);
        const text = await this.#sourceSeries.getSingleMetricAsString(name);
        parts.push(at === 0 ? text : withoutHead(text));
        await nextTurn();
      }
    }
    this.#page = [];
    return `${parts.filter((part) => part !== '').join('\n')}\n`;
  }
}

/** Without the lines HELP and TYPE, which a series has once. */
function withoutHead(text: string): string {
  return text.split('\n').slice(2).join('\n');
}
