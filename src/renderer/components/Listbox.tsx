// biome-ignore-all lint/a11y/useSemanticElements: only the rows in view exist, which a list's own layout cannot do
import type { ComponentProps } from 'react';
import classes from './Listbox.module.css';

interface ListboxProps extends Omit<ComponentProps<'div'>, 'role' | 'tabIndex'> {
  readonly 'aria-label': string;
  /** The element of the selected option; undefined for none. */
  readonly activeId: string | undefined;
  /** Of all options, also of those that are not drawn. */
  readonly totalHeightPx: number;
}

/** A list from which one is selected. It has the focus and points at the selected option; its rows come from `usePagedRows`. */
export function Listbox({ activeId, totalHeightPx, className = '', children, ...list }: ListboxProps) {
  return (
    <div
      {...list}
      role="listbox"
      className={`${classes.list} ${className}`}
      aria-activedescendant={activeId}
      tabIndex={0}
    >
      <div role="presentation" className={classes.canvas} style={{ height: totalHeightPx }}>
        {children}
      </div>
    </div>
  );
}

interface ListOptionProps extends Omit<ComponentProps<'div'>, 'role' | 'style'> {
  readonly id: string;
  readonly isSelected: boolean;
  /** Of its upper edge in the list, in pixels. */
  readonly top: number;
}

export function ListOption({ isSelected, top, className = '', ...option }: ListOptionProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and points at the active option
    <div
      {...option}
      role="option"
      className={`${classes.option} ${className}`}
      aria-selected={isSelected}
      style={{ transform: `translateY(${top}px)` }}
    />
  );
}
