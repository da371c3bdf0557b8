import type { TabId } from '../../../../shared/model/tabs.ts';
import { endWork, showWork } from '../../../lib/statusBar.ts';

export interface StatementWorkPorts {
  /** Such as `Running query 1`. */
  readonly label: () => string;
  readonly cancel: () => void;
  /** Brings the tab to the front. */
  readonly open: () => void;
}

/** What is over by then is seen in its tab only. */
const shownAfterMs = 1_000;

/** Shows in the status bar that something runs in a tab, so that it can be found and cancelled from any other. */
export class StatementWork {
  readonly #tabId: TabId;
  readonly #ports: StatementWorkPorts;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(tabId: TabId, ports: StatementWorkPorts) {
    this.#tabId = tabId;
    this.#ports = ports;
  }

  begin(): void {
    this.#timer ??= setTimeout(() => {
      const { label, cancel, open } = this.#ports;
      showWork({ id: this.#tabId, label: label(), share: null, detail: '', cancel, open });
    }, shownAfterMs);
  }

  end(): void {
    if (this.#timer === null) return;
    clearTimeout(this.#timer);
    this.#timer = null;
    endWork(this.#tabId);
  }
}
