import { Checkbox, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { addressTextOf } from '../../../shared/engines/engines.ts';
import { transferText } from '../../text/transfer.ts';
import { matchesFilter, useConnections } from '../connections/index.ts';
import classes from './Transfer.module.css';
import { exportStore, useExport } from './transfer.ts';
import { VirtualRows } from './VirtualRows.tsx';

const words = transferText.export;
const rowHeight = 30;

/** Which data sources go into the file: any of them, those that a filter finds, or all. */
export function ExportChoice() {
  const [filter, setFilter] = useState('');
  const order = useConnections((store) => store.order);
  const byId = useConnections((store) => store.byId);
  const chosen = useExport((store) => store.chosen);
  const { choose } = exportStore.getState();
  const wanted = filter.trim();
  const listed = order.flatMap((id) => {
    const summary = byId[id];
    return summary !== undefined && (wanted === '' || matchesFilter(summary, wanted)) ? [summary] : [];
  });
  const ids = listed.map(({ dataSource }) => dataSource.id);
  const chosenListed = ids.filter((id) => chosen.has(id)).length;
  const chosenTotal = order.filter((id) => chosen.has(id)).length;
  return (
    <div className={classes.choice}>
      <TextInput
        value={filter}
        onChange={(event) => setFilter(event.currentTarget.value)}
        aria-label={words.filter}
        placeholder={words.filterPlaceholder}
        leftSection={<IconSearch size={14} />}
        spellCheck={false}
        data-autofocus
      />
      <div className={classes.between}>
        <Checkbox
          label={wanted === '' ? words.selectAll : words.selectFound}
          disabled={ids.length === 0}
          checked={ids.length > 0 && chosenListed === ids.length}
          indeterminate={chosenListed > 0 && chosenListed < ids.length}
          onChange={(event) => choose(ids, event.currentTarget.checked)}
        />
        <Text className={classes.dimmed} role="status">
          {words.selected(chosenTotal, order.length)}
        </Text>
      </div>
      <div className={classes.box}>
        {listed.length === 0 && <Text className={classes.nothing}>{words.nothingFound}</Text>}
        <VirtualRows label={words.list} count={listed.length} rowHeight={rowHeight}>
          {(index) => {
            const dataSource = listed[index]?.dataSource;
            return (
              dataSource !== undefined && (
                <Checkbox
                  className={classes.check}
                  label={
                    <span className={classes.checkLabel}>
                      <span className={classes.name}>{dataSource.name}</span>
                      <span className={classes.address}>{addressTextOf(dataSource.engine)}</span>
                    </span>
                  }
                  checked={chosen.has(dataSource.id)}
                  onChange={(event) => choose([dataSource.id], event.currentTarget.checked)}
                />
              )
            );
          }}
        </VirtualRows>
      </div>
    </div>
  );
}
