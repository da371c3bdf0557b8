/** The queue of a worker group in a store that others may use as well. @param group the id of its key */
export function queueName(group: string): string {
  return `mooring-${group}`;
}
