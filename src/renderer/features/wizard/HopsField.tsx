import { ActionIcon, Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import type { FormField } from '../../../shared/engines/form.ts';
import { slotsOf } from '../../../shared/engines/networkForm.ts';
import { type HopSlot, hopSlots } from '../../../shared/model/sshHops.ts';
import { wizardText } from '../../text/wizard.ts';
import { fieldsOf, isShownIn } from './engineFields.ts';
import type { EngineFieldProps } from './fieldProps.ts';
import classes from './HopsField.module.css';
import { useWizard, wizardActions } from './wizard.ts';

const words = wizardText.hops;

/** Draws one field. */
interface Drawing {
  readonly draw: (field: FormField) => ReactNode;
}

interface HopProps {
  readonly slots: readonly HopSlot[];
  readonly index: number;
  /** The hops in another order, or without one. */
  readonly onChange: (slots: readonly HopSlot[]) => void;
}

const swapped = (slots: readonly HopSlot[], index: number): HopSlot[] => {
  const [first, second] = slots.slice(index, index + 2);
  return first === undefined || second === undefined
    ? [...slots]
    : [...slots.slice(0, index), second, first, ...slots.slice(index + 2)];
};

/** The buttons of one server. */
function HopActions({ slots, index, onChange }: HopProps) {
  const number = index + 1;
  const icon = { variant: 'subtle', color: 'gray', size: 'sm' } as const;
  return (
    <>
      <ActionIcon
        {...icon}
        aria-label={words.up(number)}
        disabled={index === 0}
        onClick={() => onChange(swapped(slots, index - 1))}
      >
        <IconArrowUp size={14} />
      </ActionIcon>
      <ActionIcon
        {...icon}
        aria-label={words.down(number)}
        disabled={number === slots.length}
        onClick={() => onChange(swapped(slots, index))}
      >
        <IconArrowDown size={14} />
      </ActionIcon>
      <ActionIcon
        {...icon}
        aria-label={words.remove(number)}
        disabled={slots.length === 1}
        onClick={() => onChange(slots.filter((_slot, at) => at !== index))}
      >
        <IconTrash size={14} />
      </ActionIcon>
    </>
  );
}

/** One SSH server with its fields. */
function Hop({ parent, draw, ...props }: HopProps & Drawing & { readonly parent: string }) {
  const { slots, index } = props;
  const { form } = useWizard();
  const id = useId();
  const slot = slots[index] ?? hopSlots[0];
  const fields = fieldsOf(form.kind).filter(
    (field) => field.within === parent && field.key.endsWith(slot) && isShownIn(form, field),
  );
  return (
    <fieldset className={classes.hop} aria-labelledby={id}>
      <div className={classes.head}>
        <span id={id} className={classes.name}>
          {words.name(index + 1)}
        </span>
        <span className={classes.way}>{index === 0 ? words.reaches : words.through(index)}</span>
        <HopActions {...props} />
      </div>
      {fields.map(draw)}
    </fieldset>
  );
}

/** The SSH servers of a tunnel in their order: added, removed and moved. Each keeps its own secrets. */
export function HopsField({ field: { key }, style, draw }: EngineFieldProps & Drawing) {
  const { form } = useWizard();
  const slots = slotsOf({ sshHops: form.values[key] ?? '' });
  const free = hopSlots.find((slot) => !slots.includes(slot));
  const change = (next: readonly HopSlot[]) => wizardActions().setValue(key, next.join(''));
  return (
    <div style={style} className={classes.hops}>
      {slots.map((slot, index) => (
        <Hop key={slot} parent={key} draw={draw} slots={slots} index={index} onChange={change} />
      ))}
      {free !== undefined && (
        <Button
          className={classes.add}
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} />}
          onClick={() => change([...slots, free])}
        >
          {words.add}
        </Button>
      )}
    </div>
  );
}
