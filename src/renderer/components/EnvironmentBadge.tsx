import type { EnvironmentTag } from '../../shared/model/dataSource.ts';
import { vocabulary } from '../text/vocabulary.ts';
import classes from './EnvironmentBadge.module.css';

interface EnvironmentBadgeProps {
  readonly environment: EnvironmentTag;
  /** Uses the short word, for lists. */
  readonly short?: boolean;
  /** What it stands in says the same: it is drawn, and is no text. */
  readonly isDecoration?: boolean;
}

/** Which environment a data source belongs to; nothing when it has no tag. */
export function EnvironmentBadge({
  environment,
  short = false,
  isDecoration = false,
}: EnvironmentBadgeProps) {
  if (environment === 'none') return null;
  const words = short ? vocabulary.environmentShort : vocabulary.environmentLabel;
  const word = words[environment];
  return isDecoration ? (
    <span className={classes.badge} data-environment={environment} data-word={word} aria-hidden />
  ) : (
    <span className={classes.badge} data-environment={environment}>
      {word}
    </span>
  );
}
