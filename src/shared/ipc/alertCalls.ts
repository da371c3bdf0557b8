import {
  alertHistoryInputSchema,
  alertHistoryPageSchema,
  alertRuleKeySchema,
  alertRuleSchema,
  alertRulesSchema,
  alertStatusSchema,
  snoozeInputSchema,
} from '../model/alerts.ts';
import { ruleFacts, ruleKeyFacts } from './auditedCall.ts';
import { audited, type CallDefinition, call, nothing } from './callDefinition.ts';

/** The calls about alerts: what fires, what did, and the rules. */
export const alertCalls = {
  'alerts.status': call(nothing, alertStatusSchema),
  'alerts.history': call(alertHistoryInputSchema, alertHistoryPageSchema),
  /** Says nothing of an alert for a while, also when it is over and fires again. */
  'alerts.snooze': call(snoozeInputSchema, nothing),
  'alerts.rules': call(nothing, alertRulesSchema),
  /** Answers all rules as they are then. */
  'alerts.setRule': audited(call(alertRuleSchema, alertRulesSchema), {
    operation: 'alerts.rule-changed',
    facts: ruleFacts,
  }),
  /** Takes the rule of one data source or pipeline away: that for all holds again. Those for all can be turned off only. */
  'alerts.removeRule': audited(call(alertRuleKeySchema, alertRulesSchema), {
    operation: 'alerts.rule-removed',
    facts: ruleKeyFacts,
  }),
} as const satisfies Record<string, CallDefinition>;
