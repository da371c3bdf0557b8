import type { EventName, EventPayload } from '../../shared/ipc/events.ts';
import type { AppInfo, Preferences, View } from '../../shared/model/appInfo.ts';
import type { Backup } from '../../shared/model/recovery.ts';
import type { AuditTrail } from '../audit/AuditTrail.ts';
import type { ConnectionUrls } from '../dataSources/ConnectionUrls.ts';
import type { ConnectionTester } from '../dataSources/connecting/ConnectionTester.ts';
import type { ConnectService } from '../dataSources/connecting/ConnectService.ts';
import type { DataSourceService } from '../dataSources/DataSourceService.ts';
import type { DemoServer } from '../demo/DemoServer.ts';
import type { MetricsCollector } from '../observability/MetricsCollector.ts';
import type { ConnectionManager } from '../sessions/ConnectionManager.ts';
import type { DataSourceExporter } from '../transfer/DataSourceExporter.ts';
import type { DataSourceImporter } from '../transfer/DataSourceImporter.ts';
import type { AppLock } from '../vault/AppLock.ts';
import type { VaultService } from '../vault/VaultService.ts';

/** Pushes events to the window that is open now; without one the event is dropped. */
export interface EventPublisher {
  publish<Name extends EventName>(name: Name, payload: EventPayload<Name>): void;
}

/** What the application itself can do for a person. */
export interface AppHost {
  info(): AppInfo;
  copyText(text: string): Promise<void>;
  showLogFolder(): void;
  preferences(): Preferences;
  setPreferences(preferences: Preferences): void;
  view(): View;
  setView(view: View): void;
}

/** The application without its shell: what handlers may use, and what its life needs. */
export interface Services {
  readonly app: AppHost;
  readonly dataSources: DataSourceService;
  readonly tester: ConnectionTester;
  readonly connecting: ConnectService;
  readonly urls: ConnectionUrls;
  readonly manager: ConnectionManager;
  readonly metrics: MetricsCollector;
  readonly demo: DemoServer;
  /** See resetDemo.ts. */
  resetDemo(signal: AbortSignal): Promise<void>;
  readonly events: EventPublisher;
  readonly vault: VaultService;
  readonly appLock: AppLock;
  readonly audit: AuditTrail;
  readonly transfer: { readonly exporter: DataSourceExporter; readonly importer: DataSourceImporter };
  /** Copies the store to its backups. */
  backUp(): Promise<Backup>;
  /** Closes everything in order, at once when nothing is running, within 10 s whatever is. Never rejects. */
  shutdown(): Promise<void>;
}
