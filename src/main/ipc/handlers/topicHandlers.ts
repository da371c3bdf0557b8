import type { CallName } from '../../../shared/ipc/contract.ts';
import type { CallHandlers } from '../handlerTypes.ts';

/** The handlers of one topic: `TopicHandlers<'demo'>` holds every `demo.…` call, none more and none less. */
export type TopicHandlers<Topic extends string> = Pick<CallHandlers, Extract<CallName, `${Topic}.${string}`>>;
