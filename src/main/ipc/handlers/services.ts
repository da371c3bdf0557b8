import type { AppInfo, Preferences } from '../../../shared/model/appInfo.ts';
import type { ConnectionManager } from '../../connections/ConnectionManager.ts';
import type { ConnectionTester } from '../../connections/ConnectionTester.ts';
import type { DataSourceService } from '../../connections/DataSourceService.ts';
import type { DemoServer } from '../../demo/DemoServer.ts';
import type { MetricsCollector } from '../../observability/MetricsCollector.ts';
import type { EventPublisher } from '../handlerTypes.ts';

/** What the application itself can do for a handler. */
export interface AppHost {
  info(): Promise<AppInfo>;
  copyText(text: string): Promise<void>;
  showLogFolder(): void;
  preferences(): Preferences;
  setPreferences(preferences: Preferences): void;
}

/** All that handlers may use; it grows only when a handler needs it. */
export interface HandlerServices {
  readonly app: AppHost;
  readonly dataSources: DataSourceService;
  readonly tester: ConnectionTester;
  readonly manager: ConnectionManager;
  readonly metrics: MetricsCollector;
  readonly demo: DemoServer;
  readonly events: EventPublisher;
}
