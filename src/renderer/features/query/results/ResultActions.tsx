import { Menu } from '@mantine/core';
import { IconPin, IconPinFilled } from '@tabler/icons-react';
import type { ResultId } from '../../../../shared/model/results.ts';
import { IconButton } from '../../../components/IconButton.tsx';
import { queryText } from '../../../text/query.ts';
import type { QueryStore } from '../session/createQueryStore.ts';
import { useDesk, useQuery } from '../session/deskContext.ts';

/** The result that is shown; null: the messages are. */
export const shownIdOf = ({ shown }: QueryStore): ResultId | null =>
  shown.type === 'result' ? shown.id : null;

const isShownPinned = (state: QueryStore): boolean => {
  const id = shownIdOf(state);
  return id !== null && state.pinned.has(id);
};

/** What can be done with the result that is shown. */
export function ResultMenu() {
  const { store } = useDesk();
  const resultId = useQuery(shownIdOf);
  const isPinned = useQuery(isShownPinned);
  const isKept = useQuery(({ kept }) => kept.some(({ result }) => result.resultId === resultId));
  if (resultId === null) return null;
  return (
    <>
      <Menu.Item onClick={() => store.getState().togglePin(resultId)}>
        {isPinned ? queryText.unpin : queryText.pin}
      </Menu.Item>
      {isKept && (
        <Menu.Item onClick={() => store.getState().closeKept(resultId)}>{queryText.closeResult}</Menu.Item>
      )}
    </>
  );
}

export function PinButton() {
  const { store } = useDesk();
  const isResult = useQuery((state) => shownIdOf(state) !== null);
  const isPinned = useQuery(isShownPinned);
  if (!isResult) return null;
  return (
    <IconButton
      size={22}
      label={isPinned ? queryText.unpin : queryText.pin}
      isPressed={isPinned}
      onClick={() => {
        const resultId = shownIdOf(store.getState());
        if (resultId !== null) store.getState().togglePin(resultId);
      }}
    >
      {isPinned ? <IconPinFilled size={14} /> : <IconPin size={14} stroke={1.6} />}
    </IconButton>
  );
}
