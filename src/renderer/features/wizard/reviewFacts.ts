import type { VaultMode } from '../../../shared/model/vault.ts';
import { addressText } from '../../lib/dataSourceText.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { wizardText } from '../../text/wizard.ts';
import { draftOfForm, usesAuthority, type WizardForm } from './wizardForm.ts';

interface ReviewFact {
  readonly label: string;
  readonly value: string;
}

function passwordText(form: WizardForm, mode: VaultMode | null): string {
  const words = wizardText.reviewPassword;
  if (form.demo) return words.demo;
  if (form.password !== '') return mode === 'session' ? words.held : words.typed;
  return { keep: words.kept, drop: words.dropped, none: words.none }[form.storedPassword];
}

function tlsText({ tlsMode, caPem }: WizardForm): string {
  const { label } = wizardText.tlsMode[tlsMode];
  if (!usesAuthority(tlsMode)) return label;
  return `${label}; ${caPem.trim() === '' ? wizardText.authoritySystem : wizardText.authorityGiven}`;
}

/**
 * What will be saved, in words; of the password only what becomes of it.
 * @param mode where the vault's key is; null while nothing is chosen
 */
export function reviewFacts(form: WizardForm, mode: VaultMode | null): ReviewFact[] {
  const { fields } = draftOfForm(form, null);
  const { color, environment } = fields;
  return [
    { label: wizardText.name, value: fields.name },
    { label: wizardText.reviewAddress, value: addressText(fields) },
    { label: wizardText.user, value: fields.user },
    { label: wizardText.password, value: passwordText(form, mode) },
    { label: wizardText.reviewTls, value: tlsText(form) },
    {
      label: wizardText.facts.access,
      value: form.readOnly ? wizardText.readOnlyAccess : wizardText.readWrite,
    },
    {
      label: wizardText.reviewLabels,
      value: [
        wizardText.colorLabel[color],
        ...(environment === 'none' ? [] : [vocabulary.environmentLabel[environment]]),
      ].join(', '),
    },
    {
      label: wizardText.reviewPool,
      value: wizardText.poolSummary(form.poolMin, form.poolMax, form.idleSeconds, form.acquireSeconds),
    },
    {
      label: wizardText.reviewLeaks,
      value: wizardText.leakSummary(form.leakWarningSeconds, form.leakReclaimSeconds.trim()),
    },
    {
      label: wizardText.reviewTimeouts,
      value: wizardText.timeoutSummary(form.connectSeconds, form.querySeconds, form.idleInTransactionSeconds),
    },
  ];
}
