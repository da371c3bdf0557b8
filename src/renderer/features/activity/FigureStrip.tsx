import { Tooltip } from '@mantine/core';
import type { ActivitySample } from '../../../shared/model/serverActivity.ts';
import { activityText } from '../../text/activity.ts';
import classes from './ActivityPanel.module.css';
import { shownFigures } from './figures.ts';

/** The figures of a server, to be read at a glance. What they mean, and why one is missing, is in their hints. */
export function FigureStrip({ sample }: { readonly sample: ActivitySample }) {
  return (
    <section className={classes.strip} aria-label={activityText.figures.label}>
      <dl className={classes.figures}>
        {shownFigures(sample).map(({ key, label, value, beside, hint, tone }) => (
          <Tooltip key={key} label={hint} multiline maw={300}>
            <div className={classes.figure} data-tone={tone ?? undefined}>
              <dt>{label}</dt>
              <dd>
                {value}
                {beside !== null && <span className={classes.beside}>{beside}</span>}
              </dd>
            </div>
          </Tooltip>
        ))}
      </dl>
    </section>
  );
}
