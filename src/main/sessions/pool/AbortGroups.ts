import { onAbort } from '../../base/abort.ts';
import type { Disposable } from '../../base/Emitter.ts';

interface Group<Member> {
  readonly members: Set<Member>;
  readonly listening: Disposable;
}

/**
 * Listens to the signals of many members with one listener for each signal: a thousand callers with the same signal
 * cost a thousand entries in a set, not a thousand listeners (of which each new one is compared with all before it).
 */
export class AbortGroups<Member> {
  readonly #groups = new Map<AbortSignal, Group<Member>>();
  readonly #onAbort: (member: Member) => void;

  constructor(onAbort: (member: Member) => void) {
    this.#onAbort = onAbort;
  }

  /** @param signal not aborted yet */
  add(signal: AbortSignal, member: Member): void {
    const group = this.#groups.get(signal);
    if (group !== undefined) {
      group.members.add(member);
      return;
    }
    const members = new Set([member]);
    const listening = onAbort(signal, () => {
      this.#groups.delete(signal);
      for (const each of members) this.#onAbort(each);
    });
    this.#groups.set(signal, { members, listening });
  }

  /** Of a member that was removed already nothing happens. */
  remove(signal: AbortSignal, member: Member): void {
    const group = this.#groups.get(signal);
    if (group === undefined) return;
    group.members.delete(member);
    if (group.members.size > 0) return;
    this.#groups.delete(signal);
    group.listening.dispose();
  }
}
