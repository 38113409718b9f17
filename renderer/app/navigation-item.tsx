import type { ReactNode } from 'react';
import { cx } from '../ui/cx.ts';
import { Count } from '../ui/count.tsx';
import css from './navigation-item.module.css';

export interface NavigationItemProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly isHere: boolean;
  readonly onPress: () => void;
  /** What waits: bold. */
  readonly open?: number;
  /** Grey beside it, when it is another number. */
  readonly unread?: number;
  /** A number that nobody has to act on. */
  readonly other?: number;
  /** What that number counts; the label unless told. */
  readonly otherLabel?: string;
  readonly mark?: ReactNode;
  readonly shortcut?: string;
}

export function NavigationItem(props: NavigationItemProps) {
  const { label, icon, isHere, onPress, open = 0, unread = 0, other = 0, mark, shortcut } = props;
  const otherLabel = props.otherLabel ?? label.toLowerCase();
  return (
    <li>
      <button
        type="button"
        className={cx(css.item, isHere && css.here)}
        aria-current={isHere ? 'page' : undefined}
        title={shortcut === undefined ? undefined : `${label} (${shortcut})`}
        onClick={onPress}
      >
        <span className={css.icon}>{icon}</span>
        <span className={css.label} dir="auto">
          {label}
        </span>
        {mark}
        {unread !== open && unread > 0 && (
          <span className={css.unread}>
            <Count value={unread} label="unread" />
          </span>
        )}
        <Count value={open} label="open" tone="strong" />
        <Count value={other} label={otherLabel} />
      </button>
    </li>
  );
}
