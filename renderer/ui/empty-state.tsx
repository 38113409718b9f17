import type { ReactNode } from 'react';
import css from './empty-state.module.css';
import { cx } from './cx.ts';
import { QuietArcs } from './wordmark.tsx';

export interface EmptyStateProps {
  readonly title: string;
  /** Why it is empty and what comes next. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Inside a card or a narrow pane. */
  readonly isSmall?: boolean;
}

export function EmptyState({ title, children, actions, isSmall = false }: EmptyStateProps) {
  return (
    <div className={cx(css.root, isSmall && css.small)}>
      {!isSmall && <QuietArcs />}
      <h2 className={css.title}>{title}</h2>
      {children !== undefined && <div className={css.words}>{children}</div>}
      {actions !== undefined && <div className={css.actions}>{actions}</div>}
    </div>
  );
}
