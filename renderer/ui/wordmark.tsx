import css from './wordmark.module.css';

/** The sign: an ear made of the waves that reach it. */
export function EarshotSign({ size = 20 }: { readonly size?: number }) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" className={css.sign}>
      <circle cx="7.5" cy="12" r="2.6" className={css.dot} />
      <path d="M11.2 6.4a7.6 7.6 0 0 1 0 11.2" />
      <path d="M14.9 3.1a12.4 12.4 0 0 1 0 17.8" />
    </svg>
  );
}

/** Three bars that move while Earshot listens and lie flat when it does not. */
export function ListeningMark({ isListening }: { readonly isListening: boolean }) {
  return (
    <span className={css.bars} data-listening={isListening || undefined} aria-hidden="true">
      <span />
      <span />
      <span />
    </span>
  );
}

/** Waves running out into silence: for a view with nothing in it. */
export function QuietArcs() {
  return (
    <svg viewBox="0 0 160 88" width="160" height="88" aria-hidden="true" className={css.quiet}>
      <circle cx="80" cy="80" r="6" className={css.dot} />
      <path d="M59.2 68a24 24 0 0 1 41.6 0" />
      <path d="M43.6 59a42 42 0 0 1 72.8 0" />
      <path d="M28 50a60 60 0 0 1 104 0" />
      <path d="M12.5 41a78 78 0 0 1 135 0" />
    </svg>
  );
}
