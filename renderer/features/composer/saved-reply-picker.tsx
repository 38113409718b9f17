import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import Search from 'lucide-react/icons/search';
import type { SavedReply } from '../../../shared/model/reply.ts';
import { expandSavedReply, type SavedReplyValues } from '../../../shared/text/saved-reply.ts';
import { useCall } from '../../client/hooks.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { findSavedReplies } from './find-saved-replies.ts';
import css from './saved-reply-picker.module.css';

/** Finds a saved reply by a few letters and shows what it will say here. */
export function SavedReplyPicker({
  values,
  onPick,
  onManage,
  onClose,
}: {
  readonly values: SavedReplyValues;
  readonly onPick: (savedReply: SavedReply) => void;
  readonly onManage: () => void;
  /** With what was typed to find one. */
  readonly onClose: (words: string) => void;
}) {
  const all = useCall('savedReplies.list', {}).data?.savedReplies;
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  /** Enter was faster than the list: what it finds first is meant. */
  const [isAwaited, setAwaited] = useState(false);
  const found = useMemo(() => findSavedReplies(all ?? [], words), [all, words]);
  const current = found[Math.min(at, found.length - 1)];
  const id = useId();
  const pick = useRef(onPick);
  useEffect(() => {
    pick.current = onPick;
  });
  useEffect(() => {
    if (isAwaited && current !== undefined) pick.current(current);
  }, [isAwaited, current]);
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setAt(Math.min(found.length - 1, at + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
    else if (event.key === 'Enter' && current !== undefined) onPick(current);
    else if (event.key === 'Enter' && all === undefined) setAwaited(true);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog
      title="Insert a saved reply"
      size="large"
      isDismissable
      onClose={() => onClose(words)}
      footer={
        <>
          <span className={css.keys}>
            <Kbd keys="↑" /> <Kbd keys="↓" /> choose, <Kbd keys="Enter" /> insert
          </span>
          <Button variant="quiet" onPress={onManage}>
            Manage saved replies
          </Button>
        </>
      }
    >
      {all?.length === 0 ? (
        <EmptyState title="No saved replies yet" isSmall>
          Write an answer once, save it, and put it into any message with a few letters.
        </EmptyState>
      ) : (
        <>
          <div className={css.field}>
            <Search aria-hidden="true" />
            <input
              className={css.input}
              role="combobox"
              aria-label="Find a saved reply"
              aria-expanded="true"
              aria-controls={`${id}-list`}
              aria-autocomplete="list"
              {...(current === undefined ? {} : { 'aria-activedescendant': `${id}-${current.savedReplyId}` })}
              placeholder="Name, folder or words"
              value={words}
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- a dialog opened by a key to type into
              autoFocus
              onChange={(event) => {
                setWords(event.target.value);
                setAt(0);
                setAwaited(false);
              }}
              onKeyDown={press}
            />
          </div>
          <div className={css.columns}>
            {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- no other element holds options with rows of their own */}
            <div id={`${id}-list`} role="listbox" aria-label="Saved replies" className={css.list}>
              {found.map((savedReply, index) => {
                const isFirstOfFolder =
                  words.trim() === '' && savedReply.folder !== (found[index - 1]?.folder ?? '');
                return (
                  <div key={savedReply.savedReplyId} role="presentation">
                    {isFirstOfFolder && <p className={css.folder}>{folderWords(savedReply.folder)}</p>}
                    {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- keys belong to the field, which names its active option */}
                    <div
                      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as its listbox, it is more than a line of text
                      role="option"
                      id={`${id}-${savedReply.savedReplyId}`}
                      aria-selected={savedReply === current}
                      className={cx(css.option, savedReply === current && css.current)}
                      onPointerMove={() => setAt(index)}
                      onClick={() => onPick(savedReply)}
                      ref={(option) => {
                        if (savedReply === current) option?.scrollIntoView({ block: 'nearest' });
                      }}
                    >
                      <span dir="auto">{savedReply.name}</span>
                      {words.trim() !== '' && savedReply.folder !== '' && (
                        <span className={css.in}>{folderWords(savedReply.folder)}</span>
                      )}
                    </div>
                  </div>
                );
              })}
              {found.length === 0 && all !== undefined && <p className={css.none}>Nothing by these words.</p>}
            </div>
            <div className={css.preview} aria-live="polite" dir="auto">
              {current !== undefined && expandSavedReply(current.text, values)}
            </div>
          </div>
        </>
      )}
    </Dialog>
  );
}

/** "Shipping / Late" */
export function folderWords(folder: string): string {
  return folder.split('/').join(' / ');
}
