import { Notification } from 'electron';
import type { AlertNotice, AlertPlace } from '../../shared/model/alerts.ts';
import type { AlertNotifier } from '../alerts/announcing/AlertNotifier.ts';

export interface AlertNotificationsOptions {
  /** Whether a person looks at the window now. */
  readonly isInFront: () => boolean;
  /** Tells it in the window. */
  readonly showInWindow: (notice: AlertNotice) => void;
  /** Brings the window to the front, and goes to what it is about. */
  readonly open: (place: AlertPlace) => void;
}

/** Notices about alerts: in the window while it is in front, else by the desktop, the newest in the place of the last. */
export class AlertNotifications implements AlertNotifier {
  readonly #options: AlertNotificationsOptions;
  /** Held, so that a click is heard for as long as it is on the screen. */
  #shown: Notification | null = null;

  constructor(options: AlertNotificationsOptions) {
    this.#options = options;
  }

  show(notice: AlertNotice): void {
    const { isInFront, open, showInWindow } = this.#options;
    if (isInFront()) {
      showInWindow(notice);
      return;
    }
    if (!Notification.isSupported()) return;
    const { title, body, place } = notice;
    this.#shown?.close();
    this.#shown = new Notification({ title, body });
    this.#shown.on('click', () => open(place));
    this.#shown.show();
  }
}
