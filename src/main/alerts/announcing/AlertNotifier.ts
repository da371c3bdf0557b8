import type { AlertNotice } from '../../../shared/model/alerts.ts';

/** Tells a person of alerts, wherever they are; a port, implemented by an adapter of the system. */
export interface AlertNotifier {
  /** In the window if it has the focus, else on the desktop. Must not throw. */
  show(notice: AlertNotice): void;
}
