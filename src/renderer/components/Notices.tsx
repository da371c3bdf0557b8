import { Notifications } from '@mantine/notifications';

/** Where `lib/notify` shows its notices, one at a time. */
export function Notices() {
  return <Notifications position="bottom-right" containerWidth={360} limit={1} transitionDuration={120} />;
}
