import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { AlertRule } from '../../../../shared/model/alerts.ts';
import { alertRulesText as words } from '../../../text/alerts.ts';
import classes from './AlertRules.module.css';
import { alertRulesStore } from './alertRulesStore.ts';
import { emptyText, figureText, type RuleFigure, unitOf, withFigure } from './ruleFields.ts';

interface FigureFieldProps {
  readonly rule: AlertRule;
  readonly figure: RuleFigure;
  /** Of the rule. */
  readonly name: string;
}

/** A figure of a rule. Takes effect with Enter, and when the field is left. */
export function FigureField({ rule, figure, name }: FigureFieldProps) {
  const unit = unitOf(rule.kind, figure);
  const saved = unit === null ? '' : figureText(rule, figure, unit);
  const [text, setText] = useState(saved);
  useEffect(() => setText(saved), [saved]);
  if (unit === null) return <span />;
  const wanted = withFigure(rule, figure, text, unit);
  const apply = () => {
    if (wanted !== null && wanted[figure] !== rule[figure]) void alertRulesStore.getState().set(wanted);
  };
  return (
    <TextInput
      className={classes.figure}
      aria-label={words.field(name, words.columns[figure])}
      inputMode="decimal"
      maxLength={12}
      value={text}
      placeholder={emptyText(rule, figure, unit)}
      error={wanted === null && words.invalid}
      disabled={!rule.enabled}
      rightSection={<span className={classes.unit}>{unit.label}</span>}
      onChange={({ currentTarget: { value } }) => setText(value)}
      onBlur={apply}
      onKeyDown={({ key }) => {
        if (key === 'Enter') apply();
        if (key === 'Escape') setText(saved);
      }}
    />
  );
}
