import { useStore } from 'zustand';
import { failureCenter } from '../client/failure-center.ts';
import { dismissNotice, useNotice } from '../state/notice-store.ts';
import { Toast } from '../ui/toast.tsx';
import css from './notices.module.css';

/** A failure is read, understood and acted on: it stays longer than "Done". */
const failureMs = 20_000;

/** Bottom left: what was just done, and what could not be done. */
export function Notices() {
  const notice = useNotice();
  const failures = useStore(failureCenter, (state) => state.failures);
  return (
    <div className={css.place}>
      <div role="alert" className={css.stack}>
        {failures.map((failure) => (
          <Toast
            key={failure.id}
            id={failure.id}
            tone="error"
            message={[`${failure.title}.`, failure.happened, failure.next].filter(Boolean).join(' ')}
            durationMs={failureMs}
            onDismiss={() => failureCenter.getState().dismiss(failure.id)}
          />
        ))}
      </div>
      <output className={css.stack}>
        {notice !== null && (
          <Toast
            key={notice.id}
            id={notice.id}
            tone={notice.tone}
            message={notice.message}
            action={notice.action}
            durationMs={notice.durationMs}
            onDismiss={() => dismissNotice(notice.id)}
          />
        )}
      </output>
    </div>
  );
}
