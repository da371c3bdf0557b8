import type { Logger } from '../observability/Logger.ts';

/**
 * Catches what nobody caught. After a rejection the app goes on; after an exception its state is unknown, so it ends.
 * @param onFatal closes what can be closed and ends the process
 */
export function guardProcess(logger: Logger, onFatal: () => void): void {
  process.on('unhandledRejection', (reason) => logger.error('A rejection was not handled', {}, reason));
  process.on('uncaughtException', (error) => {
    logger.error('An exception was not caught', {}, error);
    onFatal();
  });
}

/** Quits in order when the system or a terminal asks for it. */
export function quitOnSignals(quit: () => void): void {
  process.on('SIGTERM', quit);
  process.on('SIGINT', quit);
}
