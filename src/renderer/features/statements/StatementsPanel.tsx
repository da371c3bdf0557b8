import { Loader } from '@mantine/core';
import { type RefObject, useEffect, useRef } from 'react';
import type { DataSource } from '../../../shared/model/dataSource.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import frame from '../../components/TabFrame.module.css';
import { useIsSeen } from '../../lib/useIsSeen.ts';
import { useRefreshCommand } from '../../lib/useRefreshCommand.ts';
import { statementsText } from '../../text/statements.ts';
import { StatementDetail } from './StatementDetail.tsx';
import { StatementRows } from './StatementRows.tsx';
import { StatementsBar } from './StatementsBar.tsx';
import { statementsStore, useStatements } from './statements.ts';
import { focusRows, useStatementActions } from './useStatementActions.ts';
import { useStatementCommands } from './useStatementCommands.ts';

interface ResetQuestionProps {
  readonly dataSource: DataSource;
  readonly isAsked: boolean;
  readonly panelRef: RefObject<HTMLElement | null>;
}

function ResetQuestion({ dataSource: { id, name }, isAsked, panelRef }: ResetQuestionProps) {
  const { askReset, reset } = statementsStore.getState();
  const words = statementsText.reset;
  return (
    <ConfirmDialog
      opened={isAsked}
      title={words.title(name)}
      message={words.message}
      confirmLabel={words.confirm}
      onConfirm={() => void reset(id)}
      onCancel={() => askReset(id, false)}
      onClosed={() => focusRows(panelRef)}
    />
  );
}

interface StatementsPanelProps {
  readonly dataSource: DataSource;
  /** In front of the side that has the focus. */
  readonly isActive: boolean;
}

/** What was run on a data source, what it took, and opening it again. Kept up to date while this is on the screen. */
export function StatementsPanel({ dataSource, isActive }: StatementsPanelProps) {
  const { id, engine } = dataSource;
  const ref = useRef<HTMLDivElement>(null);
  const statements = useStatements(id);
  const actions = useStatementActions(dataSource, ref);
  const { refresh, watch } = statementsStore.getState();
  const isSeen = useIsSeen(ref);
  useEffect(() => (isSeen ? watch(id) : undefined), [id, isSeen, watch]);
  useStatementCommands(id, isActive);
  useRefreshCommand(() => void refresh(id), isActive);
  const { detail, failure, isAskingReset, page, selected } = statements;
  const listed = page?.statements.find(({ fingerprint }) => fingerprint === selected);
  return (
    <div ref={ref} className={frame.tab}>
      <StatementsBar
        id={id}
        statements={statements}
        isActive={isActive}
        onLeave={() => focusRows(ref)}
        onReset={actions.askReset}
      />
      {failure !== null && (
        <div className={frame.failure}>
          <ErrorPanel error={failure} onRetry={() => void refresh(id)} />
        </div>
      )}
      <div className={frame.room}>
        {page === null ? (
          failure === null && <EmptyState icon={<Loader size={20} />} title={statementsText.waiting} />
        ) : (
          <StatementRows dataSource={dataSource} statements={{ ...statements, page }} actions={actions} />
        )}
      </div>
      {listed !== undefined && detail !== null && (
        <StatementDetail kind={engine.kind} statement={listed} detail={detail} actions={actions} />
      )}
      <ResetQuestion dataSource={dataSource} isAsked={isAskingReset} panelRef={ref} />
    </div>
  );
}
