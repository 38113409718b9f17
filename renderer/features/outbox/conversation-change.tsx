import type { Failure } from '../../../shared/contract/errors.ts';
import css from './conversation-change.module.css';
import { changeLines } from './change-lines.ts';

/** What happened in the conversation between the writing and the sending, so that the user can judge it here. */
export function ConversationChange({ details }: { readonly details: Failure['details'] }) {
  const lines = changeLines(details);
  if (lines.length === 0) return null;
  return (
    <ul className={css.change} aria-label="What has changed">
      {lines.map((line, index) => (
        <li key={index}>
          <span className={css.what}>{line.what}</span>
          {line.text !== null && (
            <q className={css.text} dir="auto">
              {line.text}
            </q>
          )}
        </li>
      ))}
    </ul>
  );
}
