import { BodyEditor } from '../../../components/api/BodyEditor.tsx';
import { ParameterTable } from '../../../components/api/ParameterTable.tsx';
import { withPathParameters } from '../../../lib/requestForms.ts';
import { resourcesText as words } from '../../../text/resources.ts';
import { Choice, Field } from '../fields.tsx';
import { useEditedForm } from '../formContext.ts';
import classes from '../Resources.module.css';

const methods = ['GET', 'POST'] as const;
const methodText = { GET: 'GET', POST: 'POST' };

/** What it is called, and how it is asked for. */
export function RequestSection() {
  const { form, errors, change } = useEditedForm();
  const { name, group, description, method, path, parameters, body } = form;
  const faultOfLine = Object.entries(errors).find(([place]) => /^(parameters|body)\./.test(place));
  return (
    <>
      <Field
        label={words.name}
        value={name}
        error={errors.name}
        onChange={(text) => change({ name: text })}
      />
      <Field
        label={words.group}
        hint={words.groupHint}
        value={group}
        error={errors.group}
        onChange={(text) => change({ group: text })}
      />
      <Field
        label={words.description}
        value={description}
        error={errors.description}
        isWide
        onChange={(text) => change({ description: text })}
      />
      <Choice
        label={words.method}
        value={method}
        options={methods}
        textOf={methodText}
        onChange={(chosen) => change({ method: chosen })}
      />
      <Field
        label={words.path}
        hint={words.pathHint}
        value={path}
        error={errors.path}
        isCode
        onChange={(text) => change({ path: text, parameters: [...withPathParameters(parameters, text)] })}
      />
      <div className={classes.wide}>
        <ParameterTable parameters={parameters} onChange={(next) => change({ parameters: next })} />
      </div>
      {method === 'POST' && (
        <div className={classes.wide}>
          <BodyEditor body={body} onChange={(next) => change({ body: next })} />
        </div>
      )}
      {faultOfLine !== undefined && (
        <p className={classes.fault} role="alert">
          {faultOfLine[1]}
        </p>
      )}
    </>
  );
}
