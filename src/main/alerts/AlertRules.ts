import { type AlertKind, maxOwnAlertRules } from '../../shared/model/alertChoices.ts';
import { defaultAlertRules } from '../../shared/model/alertRules.ts';
import type { AlertRule, AlertRuleKey, AlertSubjectId } from '../../shared/model/alerts.ts';
import { noSuchRule, noSuchSubject, tooManyRules } from './alertErrors.ts';

/** Where the rules are kept that a person has changed. A change is kept together with its line in the audit trail. */
export interface RuleKeeper {
  rules(): AlertRule[];
  put(rule: AlertRule): void;
  remove(key: AlertRuleKey): void;
}

/** Whether there is a data source, or for kinds about pipelines a pipeline, of this id. */
export type IsListed = (kind: AlertKind, id: AlertSubjectId) => boolean;

const nameOf = ({ kind, subjectId }: AlertRuleKey): string => `${kind} ${subjectId ?? ''}`;

/** The rules that hold: one of each kind for all data sources or pipelines, and those for one, which override them. */
export class AlertRules {
  readonly #keeper: RuleKeeper;
  readonly #isListed: IsListed;
  readonly #rules: Map<string, AlertRule>;

  /** @throws STORE_… */
  constructor(keeper: RuleKeeper, isListed: IsListed) {
    this.#keeper = keeper;
    this.#isListed = isListed;
    this.#rules = new Map([...defaultAlertRules, ...keeper.rules()].map((rule) => [nameOf(rule), rule]));
  }

  /** All of them. Those for one that was removed are kept for as long as it can be restored, and not listed. */
  list(): AlertRule[] {
    return [...this.#rules.values()].filter(
      ({ kind, subjectId }) => subjectId === null || this.#isListed(kind, subjectId),
    );
  }

  /** The rule of this kind for a data source or pipeline, unless it is off. */
  enabledFor(kind: AlertKind, subjectId: AlertSubjectId): AlertRule | null {
    const rule =
      this.#rules.get(nameOf({ kind, subjectId })) ?? this.#rules.get(nameOf({ kind, subjectId: null }));
    return rule?.enabled === true ? rule : null;
  }

  /** @throws NOT_FOUND for a data source or pipeline that is not there, TOO_LARGE, STORE_… */
  set(rule: AlertRule): void {
    if (rule.subjectId !== null && !this.#isListed(rule.kind, rule.subjectId)) throw noSuchSubject(rule.kind);
    const isNew = !this.#rules.has(nameOf(rule));
    if (isNew && this.#rules.size >= defaultAlertRules.length + maxOwnAlertRules) throw tooManyRules();
    this.#keeper.put(rule);
    this.#rules.set(nameOf(rule), rule);
  }

  /** @throws NOT_FOUND for one that is not there, and for those for all; STORE_… */
  remove(key: AlertRuleKey): void {
    if (key.subjectId === null || !this.#rules.has(nameOf(key))) throw noSuchRule();
    this.#keeper.remove(key);
    this.#rules.delete(nameOf(key));
  }
}
