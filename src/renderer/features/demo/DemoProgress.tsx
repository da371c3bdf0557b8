import { Progress, Text } from '@mantine/core';
import { demoText } from '../../text/demo.ts';
import classes from './DemoProgress.module.css';
import { useDemoStatus } from './demo.ts';

/** What the demo server is busy with, as a bar and a line of text that keep their place while it changes. */
export function DemoProgress() {
  const status = useDemoStatus();
  const busy = status !== null && 'step' in status ? status : null;
  const percent = Math.round((busy?.progress ?? 0) * 100);
  return (
    <div className={classes.progress}>
      <Progress value={percent} aria-label={demoText.progress} />
      <Text className={classes.step} role="status">
        {busy?.step ?? demoText.waiting}
      </Text>
    </div>
  );
}
