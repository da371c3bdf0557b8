import type { EnvironmentTag } from '../../shared/model/dataSource.ts';
import { vocabulary } from '../text/vocabulary.ts';
import classes from './EnvironmentBadge.module.css';

interface EnvironmentBadgeProps {
  readonly environment: EnvironmentTag;
  /** Uses the short word, for lists. */
  readonly short?: boolean;
  /** Only drawn, and no text of the page: for places that say it in other words. */
  readonly isDrawn?: boolean;
}

/** Which environment a data source belongs to; nothing when it has no tag. */
export function EnvironmentBadge({ environment, short = false, isDrawn = false }: EnvironmentBadgeProps) {
  if (environment === 'none') return null;
  const words = short ? vocabulary.environmentShort : vocabulary.environmentLabel;
  if (isDrawn) {
    return (
      <span
        className={classes.badge}
        data-environment={environment}
        data-drawn={words[environment]}
        aria-hidden
      />
    );
  }
  return (
    <span className={classes.badge} data-environment={environment}>
      {words[environment]}
    </span>
  );
}
