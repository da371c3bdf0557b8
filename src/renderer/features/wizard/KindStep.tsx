import { Button, Text, UnstyledButton } from '@mantine/core';
import { IconApi, IconFileImport, IconFlask } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { engineKinds } from '../../../shared/engines/engines.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { EngineIcon } from '../../icons/EngineIcon.tsx';
import { engineText } from '../../text/engines/index.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { wizardText } from '../../text/wizard.ts';
import { DemoProgress } from '../demo/index.ts';
import classes from './KindStep.module.css';
import { useWizard, wizardActions } from './wizard.ts';
import type { DemoKind } from './wizardState.ts';

interface KindCardProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly message: string;
  readonly disabled: boolean;
  readonly focused: boolean;
  readonly onClick: () => void;
}

function KindCard({ icon, title, message, disabled, focused, onClick }: KindCardProps) {
  return (
    <UnstyledButton
      className={classes.card}
      disabled={disabled}
      data-autofocus={focused || undefined}
      onClick={onClick}
    >
      <span className={classes.icon} aria-hidden>
        {icon}
      </span>
      <span className={classes.name}>{title}</span>
      <span className={classes.message}>{message}</span>
    </UnstyledButton>
  );
}

function DemoOutcome() {
  const { demo } = useWizard();
  const { prepareDemo, cancelDemo } = wizardActions();
  switch (demo.status) {
    case 'idle':
      return null;
    case 'preparing':
      return (
        <div className={classes.preparing}>
          <Text fw={600}>{demo.what === 'api' ? wizardText.demoApiPreparing : wizardText.demoPreparing}</Text>
          <DemoProgress />
          <Button variant="default" onClick={cancelDemo} className={classes.cancel} data-autofocus>
            {vocabulary.cancel}
          </Button>
        </div>
      );
    case 'cancelled':
      return <Text c="dimmed">{wizardText.demoCancelled}</Text>;
    case 'failed':
      return (
        <ErrorPanel
          error={demo.error}
          actions={
            <Button variant="default" onClick={() => void prepareDemo(demo.what)} data-autofocus>
              {vocabulary.tryAgain}
            </Button>
          }
        />
      );
  }
}

/** First step: a server of one's own, the demo that fills everything in, or a file that has everything already. */
export function KindStep({ onImport }: { onImport: () => void }) {
  const { demo } = useWizard();
  const preparing = demo.status === 'preparing';
  const { chooseKind, prepareDemo } = wizardActions();
  const isCancelled = (what: DemoKind): boolean => demo.status === 'cancelled' && demo.what === what;
  return (
    <div className={classes.step}>
      <Text component="h3" fw={600}>
        {wizardText.kindQuestion}
      </Text>
      <div className={classes.cards}>
        {engineKinds.map((kind, index) => (
          <KindCard
            key={kind}
            icon={<EngineIcon kind={kind} size={22} />}
            title={engineText(kind).card.name}
            message={engineText(kind).card.message}
            disabled={preparing}
            focused={index === 0 && demo.status === 'idle'}
            onClick={() => chooseKind(kind)}
          />
        ))}
        <KindCard
          icon={<IconFlask size={22} />}
          title={wizardText.demoAction}
          message={wizardText.demoMessage}
          disabled={preparing}
          focused={isCancelled('database')}
          onClick={() => void prepareDemo('database')}
        />
        <KindCard
          icon={<IconApi size={22} />}
          title={wizardText.demoApiAction}
          message={wizardText.demoApiMessage}
          disabled={preparing}
          focused={isCancelled('api')}
          onClick={() => void prepareDemo('api')}
        />
        <KindCard
          icon={<IconFileImport size={22} />}
          title={wizardText.importAction}
          message={wizardText.importMessage}
          disabled={preparing}
          focused={false}
          onClick={onImport}
        />
      </div>
      <DemoOutcome />
    </div>
  );
}
