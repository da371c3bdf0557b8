import { NativeSelect, Switch, Text } from '@mantine/core';
import { IconAlertTriangle, IconFolder, IconKey } from '@tabler/icons-react';
import { type ImportItem, importActionSchema } from '../../../shared/model/transfer.ts';
import { transferText } from '../../text/transfer.ts';
import { actionsFor, commonAction, isImportable } from './importChoices.ts';
import type { ReadyFile } from './importStore.ts';
import classes from './Transfer.module.css';
import { importStore } from './transfer.ts';
import { VirtualRows } from './VirtualRows.tsx';

const words = transferText.import;
const rowHeight = 58;

function ConflictLine({ conflict }: Pick<ImportItem, 'conflict'>) {
  if (conflict === null) return null;
  return (
    <span className={classes.conflict}>
      {conflict.isSameAddress ? words.sameAddress(conflict.name) : words.otherAddress(conflict.name)}
    </span>
  );
}

function ActionChoice({ item, file }: { item: ImportItem; file: ReadyFile }) {
  if (!isImportable(item)) return <span className={classes.refused}>{words.unreadable}</span>;
  return (
    <NativeSelect
      className={classes.action}
      aria-label={words.actionOf(item.name)}
      value={file.choices.get(item.index) ?? 'skip'}
      disabled={file.isBusy}
      onChange={(event) =>
        importStore.getState().choose(item.index, importActionSchema.parse(event.currentTarget.value))
      }
      data={actionsFor(item).map((value) => ({ value, label: words.action[value] }))}
    />
  );
}

/** The folder in which it will stand. */
function FolderMark({ name }: { name: string }) {
  return (
    <span className={classes.folder} title={words.folder(name)}>
      <IconFolder size={13} aria-hidden />
      <span className={classes.folderName}>{name}</span>
    </span>
  );
}

/** One data source of the file: what it is, what speaks against it, and what to do with it. */
function PreviewRow({ item, file }: { item: ImportItem; file: ReadyFile }) {
  return (
    <div className={classes.item}>
      <div className={classes.itemText}>
        <span className={classes.title}>
          <span className={classes.name}>{item.name}</span>
          {item.folder !== null && <FolderMark name={item.folder} />}
        </span>
        {item.address !== null && <span className={classes.way}>{item.address}</span>}
        <ConflictLine conflict={item.conflict} />
        {item.notes.length > 0 && (
          <span className={classes.lost} title={item.notes.join('\n')}>
            {item.notes.join(' ')}
          </span>
        )}
        {item.problems.map((problem) => (
          <span key={problem} className={classes.problem}>
            {problem}
          </span>
        ))}
      </div>
      <span className={classes.password}>
        {item.hasSecret && <IconKey size={14} aria-hidden />}
        {item.hasSecret ? words.hasPassword : words.noPassword}
      </span>
      <ActionChoice item={item} file={file} />
    </div>
  );
}

/** One choice for everything that exists already. */
function ConflictsChoice({ file }: { file: ReadyFile }) {
  const conflicts = file.items.filter((item) => isImportable(item) && item.conflict !== null);
  const [first] = conflicts;
  if (first === undefined) return null;
  return (
    <div className={classes.conflicts}>
      <IconAlertTriangle size={16} className={classes.warningIcon} aria-hidden />
      <Text className={classes.grow}>{words.conflicts(conflicts.length)}</Text>
      <NativeSelect
        className={classes.action}
        aria-label={words.forAll}
        value={commonAction(file.choices, file.items) ?? ''}
        disabled={file.isBusy}
        onChange={(event) =>
          importStore.getState().chooseForConflicts(importActionSchema.parse(event.currentTarget.value))
        }
        data={[
          { value: '', label: words.choose, disabled: true },
          ...actionsFor(first).map((value) => ({ value, label: words.action[value] })),
        ]}
      />
    </div>
  );
}

/** The passwords that another product gives, if the person wants them. */
function SecretsChoice({ file }: { file: ReadyFile }) {
  const count = file.items.filter((item) => item.hasSecret).length;
  if (file.product === null || count === 0) return null;
  return (
    <Switch
      size="xs"
      classNames={{ label: classes.switchLabel }}
      label={words.takeSecrets(count, file.product)}
      checked={file.withSecrets}
      disabled={file.isBusy}
      onChange={(event) => importStore.getState().takeSecrets(event.currentTarget.checked)}
    />
  );
}

/** What is in the file, before anything is imported. */
export function ImportPreview({ file }: { file: ReadyFile }) {
  const { items, fileName, product } = file;
  return (
    <>
      <Text>{words.from(fileName, items.length, product)}</Text>
      <SecretsChoice file={file} />
      <ConflictsChoice file={file} />
      <div className={classes.box} data-tall>
        <div className={classes.columns} aria-hidden>
          <span className={classes.grow}>{words.columns.name}</span>
          <span className={classes.password}>{words.columns.password}</span>
          <span className={classes.action}>{words.columns.action}</span>
        </div>
        <VirtualRows label={words.table} count={items.length} rowHeight={rowHeight} focused>
          {(index) => {
            const item = items[index];
            return item !== undefined && <PreviewRow item={item} file={file} />;
          }}
        </VirtualRows>
      </div>
    </>
  );
}
