import { IconCode, IconDeviceFloppy, IconHistory } from '@tabler/icons-react';
import type { TabOf } from '../../../../shared/model/tabs.ts';
import { IconButton } from '../../../components/IconButton.tsx';
import frame from '../../../components/TabFrame.module.css';
import { queryText } from '../../../text/query.ts';
import { tabsStore } from '../../tabs/index.ts';
import { useDesk } from '../session/deskContext.ts';
import { formatTab } from '../session/formatTab.ts';
import { saveTab } from '../session/tabFiles.ts';
import { useDataSourceOf } from '../session/useDataSourceOf.ts';
import { MoreMenu } from './MoreMenu.tsx';
import classes from './QueryBar.module.css';
import { RunControls } from './RunControls.tsx';
import { SourceChooser } from './SourceChooser.tsx';
import { TransactionControls } from './TransactionControls.tsx';

/** What can be done with the text of a tab: run it, where, how, and the rest. */
export function QueryBar({ tab }: { readonly tab: TabOf<'query'> }) {
  const desk = useDesk();
  const environment = useDataSourceOf(tab)?.environment ?? 'none';
  return (
    <div
      role="toolbar"
      className={`${frame.bar} ${classes.bar}`}
      aria-label={queryText.bar}
      data-environment={environment}
    >
      <RunControls />
      <TransactionControls tab={tab} />
      <div className={classes.space} />
      <SourceChooser tab={tab} />
      <div className={classes.icons}>
        <span className={classes.spare}>
          <IconButton label={queryText.format} shortcut="Mod+Shift+F" onClick={() => void formatTab(desk)}>
            <IconCode size={16} />
          </IconButton>
        </span>
        <IconButton label={queryText.save} shortcut="Mod+S" onClick={() => void saveTab(desk, false)}>
          <IconDeviceFloppy size={16} />
        </IconButton>
        <span className={classes.spare}>
          <IconButton label={queryText.history} onClick={() => void tabsStore.getState().openHistory()}>
            <IconHistory size={16} />
          </IconButton>
        </span>
        <MoreMenu tab={tab} />
      </div>
    </div>
  );
}
