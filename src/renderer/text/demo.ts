import type { DemoStatus } from '../../shared/model/demoStatus.ts';

/** The state of the demo server in a few words. */
function describe(status: DemoStatus): string {
  switch (status.status) {
    case 'absent':
      return 'Not set up yet';
    case 'stopped':
      return 'Set up, not running';
    case 'running':
      return `Running on port ${status.port}`;
    default:
      return status.step;
  }
}

export const demoText = {
  describe,
  progress: 'Demo database progress',
  waiting: 'Starting…',
};
