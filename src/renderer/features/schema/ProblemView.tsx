import { Notice } from '../../components/Notice.tsx';
import { schemaText } from '../../text/schema.ts';
import classes from './NodeDetail.module.css';

/** Why the server cannot use a node, in its own words. */
export function ProblemView({ problem }: { problem: string }) {
  return (
    <div className={classes.padded}>
      <Notice tone="warning">
        <p className={classes.problemTitle}>{schemaText.problem}</p>
        <p className={classes.problem}>{problem}</p>
      </Notice>
    </div>
  );
}
