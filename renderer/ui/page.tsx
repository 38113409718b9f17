import type { ReactNode } from 'react';
import css from './page.module.css';

export interface PageProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page to the right of the navigation: title, actions, and a column of comfortable width that scrolls. */
export function Page({ title, description, actions, children }: PageProps) {
  return (
    <main className={css.page} aria-label={title} tabIndex={-1}>
      <div className={css.column}>
        <header className={css.header}>
          <div className={css.titles}>
            <h1 className={css.title}>{title}</h1>
            {description !== undefined && <p className={css.description}>{description}</p>}
          </div>
          {actions !== undefined && <div className={css.actions}>{actions}</div>}
        </header>
        {children}
      </div>
    </main>
  );
}

/** A titled part of a page, drawn as a card. */
export function PageSection({
  title,
  description,
  actions,
  children,
}: {
  readonly title?: string;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className={css.section} {...(title === undefined ? {} : { 'aria-label': title })}>
      {(title !== undefined || actions !== undefined) && (
        <header className={css.sectionHeader}>
          <div className={css.titles}>
            <h2>{title}</h2>
            {description !== undefined && <p className={css.description}>{description}</p>}
          </div>
          {actions}
        </header>
      )}
      <div className={css.card}>{children}</div>
    </section>
  );
}
