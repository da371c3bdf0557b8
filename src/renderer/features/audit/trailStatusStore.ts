import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { AuditStatus } from '../../../shared/model/audit.ts';
import type { AuditRetentionDays } from '../../../shared/model/auditChoices.ts';
import type { call, onEvent } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { followStatus } from '../../lib/followStatus.ts';

export interface TrailStatusPorts {
  readonly call: typeof call;
  readonly onEvent: typeof onEvent;
  /** Runs work for which the vault may have to be unlocked. */
  readonly withVault: <Value>(work: () => Promise<Value>) => Promise<Value>;
  readonly reportRemoved: (count: number) => void;
  /** Shows a failure that has no place of its own on the screen. */
  readonly reportError: (error: ErrorDto) => void;
}

export interface TrailStatusStore {
  /** Null until main has answered. */
  readonly status: AuditStatus | null;
  readonly isChanging: boolean;
  /** Follows main; the returned function stops. */
  readonly start: () => () => void;
  /** The person has looked at what the last check found. */
  readonly markSeen: () => void;
  readonly setRetention: (keepDays: AuditRetentionDays) => Promise<void>;
}

/** What main says of the trail as a whole: its last check, and how long entries are kept. */
export function createTrailStatusStore(ports: TrailStatusPorts): StoreApi<TrailStatusStore> {
  const { call, onEvent, withVault, reportRemoved, reportError } = ports;
  return createStore<TrailStatusStore>()((set, get) => ({
    status: null,
    isChanging: false,
    start: () =>
      followStatus({
        ask: () => call('audit.status', null),
        onTold: (listener) => onEvent('audit.status', listener),
        onStale: (listener) => onEvent('store.replaced', listener),
        take: (status) => set({ status }),
      }),
    markSeen() {
      if (get().status?.isSeen === false) call('audit.seen', null).catch(() => undefined);
    },
    async setRetention(keepDays) {
      if (get().isChanging) return;
      set({ isChanging: true });
      try {
        const { removedCount } = await withVault(() => call('audit.setRetention', { keepDays }));
        if (keepDays !== null) reportRemoved(removedCount);
      } catch (error) {
        const dto = errorDtoOf(error);
        if (dto.code !== 'CANCELLED') reportError(dto);
      } finally {
        set({ isChanging: false });
      }
    },
  }));
}
