import { z } from 'zod';
import { alertHistoryLimits } from '../../shared/model/alertChoices.ts';
import {
  type AlertHistoryInput,
  type AlertRule,
  type AlertRuleKey,
  alertKindSchema,
  alertRuleSchema,
  alertSubjectIdSchema,
  type PastAlert,
  pastAlertSchema,
} from '../../shared/model/alerts.ts';
import type { AlertRecord, AlertRepository, KeptSnooze } from '../alerts/AlertRepository.ts';
import type { Database } from './Database.ts';
import { parseJson } from './parseJson.ts';

const dayMs = 24 * 3_600_000;

const ruleRowSchema = z.object({ settings: z.string() });
const idSchema = z.object({ id: z.int() });
const snoozeSchema = z.object({ kind: alertKindSchema, subjectId: alertSubjectIdSchema, until: z.int() });

/** Rules, snoozes and the history of alerts in SQLite. What cannot be read is left out. */
export class SqliteAlertRepository implements AlertRepository {
  readonly #database: Database;
  readonly #statements: ReturnType<typeof statementsOn>;

  constructor(database: Database) {
    this.#database = database;
    this.#statements = statementsOn(database);
  }

  forgetGone(): void {
    this.#database.transaction(() => {
      this.#statements.forgetRules.run();
      this.#statements.forgetSnoozes.run();
    });
  }

  rules(): AlertRule[] {
    return this.#statements.rules.all().flatMap((row) => {
      const parsed = alertRuleSchema.safeParse(parseJson(ruleRowSchema.parse(row).settings));
      return parsed.success ? parsed.data : [];
    });
  }

  putRule(rule: AlertRule): void {
    this.#statements.putRule.run(rule.kind, rule.subjectId, JSON.stringify(rule));
  }

  removeRule({ kind, subjectId }: AlertRuleKey): void {
    this.#statements.removeRule.run(kind, subjectId);
  }

  snoozes(nowMs: number): KeptSnooze[] {
    return this.#statements.snoozes.all(nowMs).flatMap((row) => {
      const parsed = snoozeSchema.safeParse(row);
      return parsed.success ? parsed.data : [];
    });
  }

  putSnooze({ kind, subjectId, until }: KeptSnooze): void {
    this.#statements.putSnooze.run(kind, subjectId, until);
  }

  removeSnooze(kind: string, subjectId: string): void {
    this.#statements.removeSnooze.run(kind, subjectId);
  }

  lastId(): number {
    return idSchema.parse(this.#statements.lastId.get()).id;
  }

  write(alerts: readonly AlertRecord[], nowMs: number): void {
    this.#database.transaction(() => {
      for (const alert of alerts) {
        const { id, kind, subjectId, subjectName, value, threshold, detail, startedAt, endedAt, end } = alert;
        this.#statements.put.run(
          ...[id, kind, subjectId, subjectName, value, threshold, detail, startedAt, endedAt, end],
        );
      }
      this.#statements.trim.run(nowMs - alertHistoryLimits.days * dayMs, alertHistoryLimits.count);
    });
  }

  endLeft(nowMs: number): void {
    this.#statements.endLeft.run(nowMs);
  }

  past({ kind, subjectId, beforeId, limit }: AlertHistoryInput): PastAlert[] {
    const before = beforeId ?? Number.MAX_SAFE_INTEGER;
    return this.#statements.past.all(before, kind, kind, subjectId, subjectId, limit + 1).flatMap((row) => {
      const parsed = pastAlertSchema.safeParse(row);
      return parsed.success ? parsed.data : [];
    });
  }
}

/** Those that were removed and can be restored are still there. */
const isGone = `subject_id IS NOT NULL AND subject_id NOT IN (SELECT id FROM data_sources UNION ALL SELECT id FROM pipelines)`;

function statementsOn(database: Database) {
  return {
    forgetRules: database.prepare(`DELETE FROM alert_rules WHERE ${isGone}`),
    forgetSnoozes: database.prepare(`DELETE FROM alert_snoozes WHERE ${isGone}`),
    rules: database.prepare('SELECT settings FROM alert_rules ORDER BY rowid'),
    putRule: database.prepare(
      `INSERT INTO alert_rules (kind, subject_id, settings) VALUES (?, ?, ?)
       ON CONFLICT (kind, coalesce(subject_id, '')) DO UPDATE SET settings = excluded.settings`,
    ),
    removeRule: database.prepare('DELETE FROM alert_rules WHERE kind = ? AND subject_id IS ?'),
    snoozes: database.prepare(
      'SELECT kind, subject_id AS subjectId, until FROM alert_snoozes WHERE until > ?',
    ),
    putSnooze: database.prepare(
      `INSERT INTO alert_snoozes (kind, subject_id, until) VALUES (?, ?, ?)
       ON CONFLICT (kind, subject_id) DO UPDATE SET until = excluded.until`,
    ),
    removeSnooze: database.prepare('DELETE FROM alert_snoozes WHERE kind = ? AND subject_id = ?'),
    lastId: database.prepare('SELECT coalesce(max(id), 0) AS id FROM alerts'),
    put: database.prepare(
      `INSERT INTO alerts
         (id, kind, subject_id, subject_name, value, threshold, detail, started_at, ended_at, ending)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET value = excluded.value, ended_at = excluded.ended_at, ending = excluded.ending`,
    ),
    trim: database.prepare(
      `DELETE FROM alerts WHERE ended_at IS NOT NULL AND (ended_at < ? OR id <=
         (SELECT id FROM alerts WHERE ended_at IS NOT NULL ORDER BY id DESC LIMIT 1 OFFSET ?))`,
    ),
    endLeft: database.prepare(
      `UPDATE alerts SET ended_at = max(started_at, ?), ending = 'app-closed' WHERE ended_at IS NULL`,
    ),
    past: database.prepare(
      `SELECT id, kind, subject_id AS subjectId, subject_name AS subjectName, value, threshold, detail,
         started_at AS startedAt, ended_at AS endedAt, ending AS "end"
       FROM alerts
       WHERE id < ? AND ended_at IS NOT NULL AND (? IS NULL OR kind = ?) AND (? IS NULL OR subject_id = ?)
       ORDER BY id DESC LIMIT ?`,
    ),
  };
}
