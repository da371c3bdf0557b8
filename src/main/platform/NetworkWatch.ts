import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import type { Clock, Timer } from '../base/Clock.ts';

/** Often enough for a recovery within seconds; a look costs a fraction of a millisecond. */
const intervalMs = 2_000;

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/**
 * Notices that the machine's network changed: another Wi-Fi, a VPN that came or went, a cable. Electron tells main of no
 * such event, so the addresses are compared now and then; more than one change between two looks is one change.
 */
export class NetworkWatch {
  readonly #clock: Clock;
  readonly #onChange: () => void;
  readonly #look: () => Interfaces;
  #timer: Timer | null = null;
  #known = '';

  constructor(clock: Clock, onChange: () => void, look: () => Interfaces = networkInterfaces) {
    this.#clock = clock;
    this.#onChange = onChange;
    this.#look = look;
  }

  start(): void {
    this.#known = this.#addresses() ?? '';
    this.#schedule();
  }

  stop(): void {
    this.#timer?.cancel();
  }

  #schedule(): void {
    this.#timer?.cancel();
    this.#timer = this.#clock.after(intervalMs, () => {
      this.#schedule();
      const addresses = this.#addresses();
      if (addresses === null || addresses === this.#known) return;
      this.#known = addresses;
      this.#onChange();
    });
  }

  /** Every address by which the machine reaches others, in an order of its own; null when the system does not say. */
  #addresses(): string | null {
    try {
      const all = Object.entries(this.#look()).flatMap(([name, infos = []]) =>
        infos.filter(({ internal }) => !internal).map(({ cidr, address }) => `${name} ${cidr ?? address}`),
      );
      return all.sort().join('\n');
    } catch {
      // Seen on systems that forbid to list them: then there is nothing to compare.
      return null;
    }
  }
}
