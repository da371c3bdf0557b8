import type { CallName } from './contract.ts';
import type { EventName } from './events.ts';
import type { StreamName } from './streams.ts';

/** The names of Electron's channels. Apart from the schemas, which the preload can do without. */

/** Cancels one running call of the same window by its id. */
export const cancelChannel = 'mooring.cancel';

export const channelOf = (name: CallName): string => `mooring.call.${name}`;

export const eventChannelOf = (name: EventName): string => `mooring.event.${name}`;

export const streamChannelOf = (name: StreamName): string => `mooring.stream.${name}`;
