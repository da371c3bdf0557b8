/** The queue of a worker group in a store that others may use as well. @param group the id of its key */
export function queueName(group: string): string {
  return `mooring-${group}`;
}

/** The queue that holds the locks of its pipelines. */
export function lockQueueName(group: string): string {
  return `${queueName(group)}-locks`;
}
