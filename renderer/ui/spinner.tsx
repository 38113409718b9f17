import { ProgressBar } from 'react-aria-components/ProgressBar';
import css from './spinner.module.css';

/** For work over the network only; nothing local is slow enough to need one. */
export function Spinner({ label }: { readonly label: string }) {
  return (
    <ProgressBar isIndeterminate aria-label={label} className={css.root ?? ''}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" className={css.arcs}>
        <circle cx="8" cy="8" r="6.25" className={css.track} />
        <path d="M8 1.75A6.25 6.25 0 0 1 14.25 8" className={css.arc} />
      </svg>
    </ProgressBar>
  );
}
