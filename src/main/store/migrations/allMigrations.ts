import type { Migration } from '../Migration.ts';
import { initial } from './2026_11_23_0001_initial.ts';
import { vaultModes } from './2026_11_23_0002_vault_modes.ts';
import { loginMethods } from './2026_11_28_0001_login_methods.ts';
import { engines } from './2026_11_28_0002_engines.ts';
import { queryHistory } from './2026_11_28_0003_query_history.ts';
import { auditEnd } from './2026_11_29_0001_audit_end.ts';
import { statementStatistics } from './2026_11_29_0002_statement_statistics.ts';
import { metricsHistory } from './2026_11_29_0003_metrics_history.ts';
import { alerts } from './2026_11_29_0004_alerts.ts';
import { pipelines } from './2026_11_30_0001_pipelines.ts';
import { alertSubjects } from './2026_11_30_0002_alert_subjects.ts';
import { keptObjects } from './2026_11_30_0003_kept_objects.ts';

/** Every step of the store's format, in order. */
export const allMigrations: readonly Migration[] = [
  initial,
  vaultModes,
  loginMethods,
  engines,
  queryHistory,
  auditEnd,
  statementStatistics,
  metricsHistory,
  alerts,
  pipelines,
  alertSubjects,
  keptObjects,
];
