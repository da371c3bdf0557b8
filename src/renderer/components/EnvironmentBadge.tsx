import type { EnvironmentTag } from '../../shared/model/dataSource.ts';
import { vocabulary } from '../text/vocabulary.ts';
import classes from './EnvironmentBadge.module.css';

interface EnvironmentBadgeProps {
  readonly environment: EnvironmentTag;
  /** Uses the short word, for lists. */
  readonly short?: boolean;
}

/** Which environment a data source belongs to; nothing when it has no tag. */
export function EnvironmentBadge({ environment, short = false }: EnvironmentBadgeProps) {
  if (environment === 'none') return null;
  const words = short ? vocabulary.environmentShort : vocabulary.environmentLabel;
  return (
    <span className={classes.badge} data-environment={environment}>
      {words[environment]}
    </span>
  );
}
