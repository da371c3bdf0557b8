import { Modal, type ModalProps } from '@mantine/core';
import { useMergedRef, useWindowEvent } from '@mantine/hooks';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { takeFocus } from '../lib/takeFocus.ts';
import { vocabulary } from '../text/vocabulary.ts';
import classes from './DialogWindow.module.css';

interface DialogWindowProps extends Pick<ModalProps, 'size' | 'zIndex' | 'onExitTransitionEnd'> {
  readonly opened: boolean;
  readonly title: string;
  readonly onClose: () => void;
  /** For windows in which nothing is typed that could be lost. */
  readonly closeOnClickOutside?: boolean;
  /** Whether the content has borders of its own and goes up to those of the window. */
  readonly flush?: boolean;
  readonly children: ReactNode;
}

/** The open windows, the newest last: an Escape from nowhere, as after the focused button went, is meant for that one. */
const openIds: string[] = [];

/** Whether an open list or menu inside a window wants the Escape for itself. */
const isTaken = (target: Element): boolean => target.getAttribute('data-mantine-stop-propagation') === 'true';

/**
 * A window that may stand above or below another one. Mantine's own closes on every Escape, whichever window it was
 * pressed in; this one only on those from inside.
 */
export function DialogWindow(props: DialogWindowProps) {
  const { opened, title, onClose, closeOnClickOutside = false, flush, children, ...others } = props;
  const id = useId();
  const ref = useRef<HTMLDivElement>(null);
  const windowRef = useMergedRef(ref, takeFocus);
  useEffect(() => {
    if (!opened) return;
    openIds.push(id);
    return () => void openIds.splice(openIds.indexOf(id), 1);
  }, [opened, id]);
  const isOwn = (target: Element): boolean =>
    ref.current?.contains(target) === true || (target === document.body && openIds.at(-1) === id);
  useWindowEvent(
    'keydown',
    (event) => {
      if (!opened || event.key !== 'Escape' || event.isComposing) return;
      const { target } = event;
      if (target instanceof Element && isOwn(target) && !isTaken(target)) onClose();
    },
    { capture: true },
  );
  return (
    <Modal
      {...others}
      ref={windowRef}
      opened={opened}
      onClose={onClose}
      closeOnEscape={false}
      closeOnClickOutside={closeOnClickOutside}
      withCloseButton={false}
      padding={0}
    >
      {/* Not the window's own header: two windows would make two banners of the page. */}
      <div className={classes.header}>
        <Modal.Title className={classes.title}>{title}</Modal.Title>
        <Modal.CloseButton aria-label={vocabulary.close} />
      </div>
      <div className={classes.content} data-flush={flush || undefined}>
        {children}
      </div>
    </Modal>
  );
}
