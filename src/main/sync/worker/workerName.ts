import { randomBytes } from 'node:crypto';

/** The name of a worker in the queue, unlike that of any other one. @param shown what it begins with, such as the host's name */
export const workerName = (shown: string): string =>
  `${shown.slice(0, 60)}-${randomBytes(4).toString('hex')}`;
