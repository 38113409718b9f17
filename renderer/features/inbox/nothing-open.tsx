import type { ReactNode } from 'react';
import { shownKeys } from '../../state/key-map.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import css from './nothing-open.module.css';

/** The conversation pane while none is chosen. */
export function NothingOpen({
  total,
  hasRows,
  isGone,
  aside,
}: {
  readonly total: number;
  readonly hasRows: boolean;
  readonly isGone: boolean;
  readonly aside: ReactNode;
}) {
  if (isGone) {
    return (
      <EmptyState title="This conversation could not be read">
        Choose another one, or this one again.
      </EmptyState>
    );
  }
  if (!hasRows) return <div className={css.quiet}>{aside}</div>;
  return (
    <div className={css.quiet}>
      {aside}
      <EmptyState
        title={total === 1 ? 'One conversation' : `${total.toLocaleString()} conversations`}
        actions={
          <ul className={css.keys}>
            <li>
              <Kbd keys={shownKeys('next')} /> next
            </li>
            <li>
              <Kbd keys={shownKeys('done')} /> done
            </li>
            <li>
              <Kbd keys={shownKeys('snooze')} /> snooze
            </li>
            <li>
              <Kbd keys={shownKeys('search')} /> search
            </li>
            <li>
              <Kbd keys={shownKeys('keySheet')} /> all keys
            </li>
          </ul>
        }
      >
        Choose one to read it here.
      </EmptyState>
    </div>
  );
}
