/**
 * Flags of V8 for the process that executes runs. They are streams: one that needs more than the heap has a leak, and ends
 * before the computer suffers; and what becomes garbage at once needs no large nursery, which would only be memory that is
 * held.
 */
export const workerFlags: readonly string[] = ['--max-old-space-size=256', '--max-semi-space-size=4'];
