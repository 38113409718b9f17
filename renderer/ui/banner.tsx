import type { ReactNode } from 'react';
import CircleAlert from 'lucide-react/icons/circle-alert';
import Info from 'lucide-react/icons/info';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import css from './banner.module.css';
import { cx } from './cx.ts';

export interface BannerProps {
  readonly tone: 'info' | 'caution' | 'negative';
  readonly icon?: ReactNode;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  /** One button, small. */
  readonly action?: ReactNode;
  /** A thin strip across a pane; else a card within a page. */
  readonly isStrip?: boolean;
}

const icons = {
  info: <Info aria-hidden="true" />,
  caution: <TriangleAlert aria-hidden="true" />,
  negative: <CircleAlert aria-hidden="true" />,
};

/** What a person should know while they work; it stays until it is no longer true. */
export function Banner({ tone, icon, title, children, action, isStrip = false }: BannerProps) {
  return (
    <div
      role={tone === 'negative' ? 'alert' : 'status'}
      className={cx(css.banner, css[tone], isStrip && css.strip)}
    >
      <span className={css.icon}>{icon ?? icons[tone]}</span>
      <div className={css.words}>
        {title !== undefined && <strong className={css.title}>{title}</strong>}
        {children}
      </div>
      {action}
    </div>
  );
}
