import { type AlertKind, maxOwnAlertRules } from '../../shared/model/alertChoices.ts';
import { defaultAlertRules } from '../../shared/model/alertRules.ts';
import type { AlertRule, AlertRuleKey } from '../../shared/model/alerts.ts';
import type { DataSourceId } from '../../shared/model/ids.ts';
import { noSuchRule, noSuchSource, tooManyRules } from './alertErrors.ts';

/** Where the rules are kept that a person has changed. A change is kept together with its line in the audit trail. */
export interface RuleKeeper {
  rules(): AlertRule[];
  put(rule: AlertRule): void;
  remove(key: AlertRuleKey): void;
}

const nameOf = ({ kind, sourceId }: AlertRuleKey): string => `${kind} ${sourceId ?? ''}`;

/** The rules that hold: one of each kind for all data sources, and those of single ones, which go before them. */
export class AlertRules {
  readonly #keeper: RuleKeeper;
  readonly #isListed: (id: DataSourceId) => boolean;
  readonly #rules: Map<string, AlertRule>;

  /** @param isListed whether there is such a data source @throws STORE_… */
  constructor(keeper: RuleKeeper, isListed: (id: DataSourceId) => boolean) {
    this.#keeper = keeper;
    this.#isListed = isListed;
    this.#rules = new Map([...defaultAlertRules, ...keeper.rules()].map((rule) => [nameOf(rule), rule]));
  }

  /** All of them. Those of a data source that was removed are kept for as long as it can be restored, and not listed. */
  list(): AlertRule[] {
    return [...this.#rules.values()].filter(({ sourceId }) => sourceId === null || this.#isListed(sourceId));
  }

  /** The rule of this kind for a data source, unless it is off. */
  enabledFor(kind: AlertKind, sourceId: DataSourceId): AlertRule | null {
    const rule =
      this.#rules.get(nameOf({ kind, sourceId })) ?? this.#rules.get(nameOf({ kind, sourceId: null }));
    return rule?.enabled === true ? rule : null;
  }

  /** @throws NOT_FOUND for a data source that is not there, TOO_LARGE, STORE_… */
  set(rule: AlertRule): void {
    if (rule.sourceId !== null && !this.#isListed(rule.sourceId)) throw noSuchSource();
    const isNew = !this.#rules.has(nameOf(rule));
    if (isNew && this.#rules.size >= defaultAlertRules.length + maxOwnAlertRules) throw tooManyRules();
    this.#keeper.put(rule);
    this.#rules.set(nameOf(rule), rule);
  }

  /** @throws NOT_FOUND for one that is not there, and for those for all; STORE_… */
  remove(key: AlertRuleKey): void {
    if (key.sourceId === null || !this.#rules.has(nameOf(key))) throw noSuchRule();
    this.#keeper.remove(key);
    this.#rules.delete(nameOf(key));
  }
}
