import { useEditedForm } from '../formContext.ts';
import classes from '../Resources.module.css';

/** What is wrong in one of the lines of a table, below it. */
export function LinesFault({ of }: { readonly of: string }) {
  const { errors } = useEditedForm();
  const fault = Object.entries(errors).find(([place]) => place === of || place.startsWith(`${of}.`));
  if (fault === undefined) return null;
  return (
    <p className={classes.fault} role="alert">
      {fault[1]}
    </p>
  );
}
