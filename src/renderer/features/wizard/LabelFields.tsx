import { Select, Switch } from '@mantine/core';
import { engineOf } from '../../../shared/engines/engines.ts';
import { colorSchema, environmentTagSchema } from '../../../shared/model/dataSource.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { wizardText } from '../../text/wizard.ts';
import { markOf } from './fieldProps.ts';
import classes from './LabelFields.module.css';
import { useWizard, wizardActions } from './wizard.ts';

function ColorField() {
  const { form } = useWizard();
  return (
    <fieldset className={classes.colors}>
      <legend className={classes.legend}>{wizardText.color}</legend>
      {colorSchema.options.map((color) => (
        <label key={color} className={classes.color} title={wizardText.colorLabel[color]}>
          <input
            type="radio"
            name="color"
            className={classes.radio}
            checked={form.color === color}
            onChange={() => wizardActions().setField('color', color)}
            aria-label={wizardText.colorLabel[color]}
          />
          <span className={classes.swatch} style={{ backgroundColor: `var(--mantine-color-${color}-6)` }} />
        </label>
      ))}
    </fieldset>
  );
}

function EnvironmentField() {
  const { form } = useWizard();
  return (
    <Select
      label={wizardText.environment}
      data={environmentTagSchema.options.map((tag) => ({
        value: tag,
        label: vocabulary.environmentLabel[tag],
      }))}
      value={form.environment}
      onChange={(tag) => wizardActions().setField('environment', environmentTagSchema.parse(tag))}
      allowDeselect={false}
    />
  );
}

/** What tells data sources apart at a glance, and the guard against changing one by mistake. */
export function LabelFields() {
  const { form } = useWizard();
  return (
    <>
      <ColorField />
      <EnvironmentField />
      {engineOf(form.kind).capabilities.readOnly && (
        <Switch
          style={{ gridColumn: '1 / -1' }}
          {...markOf('readOnly')}
          label={wizardText.readOnly}
          description={wizardText.readOnlyHint}
          checked={form.readOnly}
          onChange={(event) => wizardActions().setField('readOnly', event.currentTarget.checked)}
        />
      )}
    </>
  );
}
