import type { EventName, EventPayload } from '../../shared/ipc/events.ts';
import type { AppInfo, Preferences } from '../../shared/model/appInfo.ts';
import type { ConnectionProfile, ProfileName } from '../../shared/model/connectionProfile.ts';
import type { DataSourceFields } from '../../shared/model/dataSource.ts';
import type { PipelineSettings } from '../../shared/model/pipelineViews.ts';
import type { Backup } from '../../shared/model/recovery.ts';
import type { ActivityService } from '../activity/ActivityService.ts';
import type { Alerts } from '../alerts/Alerts.ts';
import type { AlertNotifier } from '../alerts/announcing/AlertNotifier.ts';
import type { AuditService } from '../audit/AuditService.ts';
import type { AuditTrail } from '../audit/AuditTrail.ts';
import type { InputBreak } from '../base/async/InputBreak.ts';
import type { Ask } from '../base/Question.ts';
import type { OpenInBrowser } from '../connectors/RequestTools.ts';
import type { ConnectionUrls, UrlClipboard } from '../dataSources/ConnectionUrls.ts';
import type { AcceptedHostKeys } from '../dataSources/connecting/AcceptedHostKeys.ts';
import type { ConnectionTester } from '../dataSources/connecting/ConnectionTester.ts';
import type { ConnectService } from '../dataSources/connecting/ConnectService.ts';
import type { DatabaseChoices } from '../dataSources/connecting/DatabaseChoices.ts';
import type { SshDialogues } from '../dataSources/connecting/SshDialogues.ts';
import type { DataSourceService } from '../dataSources/DataSourceService.ts';
import type { DatabaseService } from '../dataSources/databases/DatabaseService.ts';
import type { DemoServer } from '../demo/DemoServer.ts';
import type { ChartFiles } from '../diagnostics/ChartFiles.ts';
import type { Diagnostics } from '../diagnostics/Diagnostics.ts';
import type { Monitoring } from '../observability/endpoint/Monitoring.ts';
import type { MetricsHistory } from '../observability/history/MetricsHistory.ts';
import type { Logger } from '../observability/Logger.ts';
import type { FileLog } from '../observability/log/FileLog.ts';
import type { LogService } from '../observability/log/LogService.ts';
import type { MetricsCollector } from '../observability/MetricsCollector.ts';
import type { AppOperations } from '../observability/operations/createOperations.ts';
import type { RecentOperations } from '../observability/operations/RecentOperations.ts';
import type { QueryStatistics } from '../observability/statistics/QueryStatistics.ts';
import type { Tracing } from '../observability/tracing/Tracing.ts';
import type { History } from '../query/History.ts';
import type { ObjectRepository } from '../query/ObjectRepository.ts';
import type { QueryService, TableService } from '../query/QueryService.ts';
import type { TabMemory } from '../query/TabMemory.ts';
import type { RequestService } from '../requests/RequestService.ts';
import type { FileDialogs } from '../results/FileDialogs.ts';
import type { DiagramFiles } from '../results/files/DiagramFiles.ts';
import type { Results } from '../results/Results.ts';
import type { ConnectionManager } from '../sessions/ConnectionManager.ts';
import type { ServerReader } from '../sessions/ServerReader.ts';
import type { PipelineService } from '../sync/PipelineService.ts';
import type { QueueAdministration } from '../sync/QueueAdministration.ts';
import type { WorkerProcess } from '../sync/worker/WorkerProcess.ts';
import type { DataSourceExporter } from '../transfer/DataSourceExporter.ts';
import type { DataSourceImporter } from '../transfer/DataSourceImporter.ts';
import type { TransferDialogs } from '../transfer/TransferDialogs.ts';
import type { AppLock } from '../vault/AppLock.ts';
import type { KeychainProcess } from '../vault/keychain/KeychainProcess.ts';
import type { VaultService } from '../vault/VaultService.ts';
import type { UnfinishedWork } from './unfinishedWork.ts';

/** Pushes events to the window that is open now; without one the event is dropped. */
export interface EventPublisher {
  publish<Name extends EventName>(name: Name, payload: EventPayload<Name>): void;
}

/** What the shell (Electron, or a test) gives to the application. */
export interface PlatformAdapters {
  readonly paths: {
    /** The folder that holds package.json; may be inside `app.asar`. */
    readonly app: string;
    readonly userData: string;
    readonly resources: string;
  };
  readonly version: string;
  readonly electronVersion: string;
  readonly logger: Logger;
  readonly log: FileLog;
  readonly operations: AppOperations;
  readonly events: EventPublisher;
  readonly keychainProcess: KeychainProcess;
  readonly workerProcess: WorkerProcess;
  readonly clipboard: UrlClipboard;
  readonly inputBreak: InputBreak;
  readonly ask: Ask;
  readonly transferDialogs: TransferDialogs;
  readonly fileDialogs: FileDialogs;
  readonly alertNotifier: AlertNotifier;
  showLogFolder(): void;
  /** Shows a file in its folder. */
  showFile(path: string): void;
  /** Only `https`, and `http` to this computer. */
  readonly openInBrowser: OpenInBrowser;
  /** Shows the dashboard and the alert rules that come with the app. */
  showMonitoringFiles(): void;
  /** Whether the app begins at log-in, and stays when its window is closed. */
  applyBackground(settings: Pick<PipelineSettings, 'startsAtLogin' | 'hasTray'>): void;
  /** Draws what is outside of the page (frame, menus, dialogs) in the chosen scheme. */
  applyTheme(theme: Preferences['theme']): void;
  /** The window is locked from now on: what runs for it must end. */
  onLocked(): void;
  /** The page has handed over what it had to keep: nothing is lost when the app ends now. */
  onPageReady(): void;
}

/** What the application itself can do for a person. */
export interface AppHost {
  info(): AppInfo;
  copyText(text: string): Promise<void>;
  showLogFolder(): void;
  pageReady(): void;
  preferences(): Preferences;
  setPreferences(preferences: Preferences): void;
}

/** The application without its shell: what handlers may use, and what its life needs. */
export interface Services {
  readonly app: AppHost;
  readonly log: LogService;
  readonly operations: RecentOperations;
  readonly dataSources: DataSourceService;
  readonly tester: ConnectionTester;
  readonly databaseChoices: DatabaseChoices;
  readonly connecting: ConnectService;
  readonly sshDialogues: SshDialogues;
  readonly hostKeys: Pick<AcceptedHostKeys, 'acceptChange'>;
  /** The path of a file that the person chooses, such as of a private key; null when they choose none. */
  chooseFile(): Promise<string | null>;
  /** What a connection text refers to by a name. @throws NOT_FOUND, FILE_FAILED, UNSUPPORTED */
  readProfile(named: ProfileName): Promise<ConnectionProfile>;
  readonly urls: ConnectionUrls;
  readonly manager: ConnectionManager;
  readonly server: ServerReader;
  /** The other databases of the servers of data sources. */
  readonly databases: DatabaseService;
  readonly query: QueryService;
  readonly tables: TableService;
  readonly results: Results;
  readonly diagramFiles: DiagramFiles;
  readonly requests: RequestService;
  readonly pipelines: PipelineService;
  /** Where the queue of runs is. */
  readonly queue: Pick<QueueAdministration, 'status' | 'configure' | 'test' | 'newWorkerKey'>;
  /** When pipelines run: looks at the time again. */
  readonly schedules: { wake(): void };
  readonly history: Pick<History, 'page' | 'text' | 'clear'>;
  readonly tabs: TabMemory;
  readonly objects: ObjectRepository;
  readonly metrics: MetricsCollector;
  readonly metricsHistory: MetricsHistory;
  readonly statistics: Pick<QueryStatistics, 'page' | 'detail' | 'reset'>;
  readonly activity: ActivityService;
  readonly alerts: Alerts;
  readonly monitoring: Monitoring;
  readonly tracing: Tracing;
  showMonitoringFiles(): void;
  readonly demo: DemoServer;
  readonly diagnostics: Diagnostics;
  readonly chartFiles: ChartFiles;
  /** See demoApi.ts. */
  startDemoApi(signal: AbortSignal): Promise<DataSourceFields>;
  /** See resetDemo.ts. */
  resetDemo(signal: AbortSignal): Promise<void>;
  readonly events: EventPublisher;
  readonly vault: VaultService;
  readonly appLock: AppLock;
  /** What writes the trail; `auditing` is what people do with it. */
  readonly audit: AuditTrail;
  readonly auditing: AuditService;
  readonly transfer: { readonly exporter: DataSourceExporter; readonly importer: DataSourceImporter };
  /** What would be lost if the app ended now. */
  unfinished(): UnfinishedWork;
  /** Copies the store to its backups. */
  backUp(): Promise<Backup>;
  /** Closes everything in order, at once when nothing is running, within 12 s whatever is. Never rejects. */
  shutdown(): Promise<void>;
}
