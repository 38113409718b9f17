import { useRef, useState } from 'react';
import type { Tracker } from '../../../shared/model/tracker.ts';
import { useCommand } from '../../client/hooks.ts';
import { showNotice } from '../../state/notice-store.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { TextArea, TextField } from '../../ui/text-field.tsx';
import css from './add-tracker-dialog.module.css';
import { checkQuery, suggestTrackerName } from './query-check.ts';
import { insertIntoQuery } from './query-examples.ts';
import { QueryHelp } from './query-help.tsx';
import { TrackerPreview } from './tracker-preview.tsx';
import { useDebounced } from './use-debounced.ts';

export interface AddTrackerDialogProps {
  /** The tracker to change; without it a new one is made. */
  readonly tracker?: Tracker;
  readonly initialQuery?: string;
  readonly onClose: () => void;
  readonly onSaved?: (tracker: Tracker) => void;
}

/** A pause in typing long enough to be looked at: half-typed quotes are no mistakes yet. */
const settledAfterMs = 300;

const longestName = 200;

/** What to listen for, with what it would have caught shown while it is written. */
export function AddTrackerDialog({ tracker, initialQuery = '', onClose, onSaved }: AddTrackerDialogProps) {
  const [query, setQuery] = useState(tracker?.query ?? initialQuery);
  /** Null: not named by hand, so the name follows the query. */
  const [typedName, setTypedName] = useState<string | null>(tracker?.name ?? null);
  const [suggestedName, setSuggestedName] = useState(() => suggestTrackerName(initialQuery));
  const [hasTriedToSave, setHasTriedToSave] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const create = useCommand('trackers.create', {
    failureTitle: 'Could not save the tracker',
    showsFailureInPlace: true,
  });
  const update = useCommand('trackers.update', {
    failureTitle: 'Could not save the tracker',
    showsFailureInPlace: true,
  });

  const settledQuery = useDebounced(query, settledAfterMs);
  const isTyping = settledQuery !== query;
  const check = checkQuery(query);
  const name = (typedName ?? suggestedName ?? '').trim();
  const failure = create.failureLine ?? update.failureLine;
  const showsMistake = check.kind === 'mistake' && (!isTyping || hasTriedToSave);
  const mistake = showsMistake && check.kind === 'mistake' ? check.mistake : null;
  const isSaving = create.isRunning || update.isRunning;

  const change = (text: string): void => {
    setQuery(text);
    // A query that is wrong for the moment keeps the name it had.
    const suggestion = suggestTrackerName(text);
    if (suggestion !== null || text.trim() === '') setSuggestedName(suggestion);
    create.clearFailure();
    update.clearFailure();
  };

  const insert = (piece: string): void => {
    const area = field.current;
    const start = area?.selectionStart ?? query.length;
    const inserted = insertIntoQuery(query, piece, start, area?.selectionEnd ?? start);
    change(inserted.text);
    // After React has put the new text into the field.
    requestAnimationFrame(() => {
      area?.focus();
      area?.setSelectionRange(inserted.caret, inserted.caret);
    });
  };

  const save = async (): Promise<void> => {
    setHasTriedToSave(true);
    if (check.kind !== 'valid') return field.current?.focus();
    if (name === '' || isSaving) return undefined;
    const saved = tracker
      ? await update.run({ trackerId: tracker.trackerId, name, query })
      : await create.run({ name, query });
    if (saved === null) return undefined;
    showNotice({
      tone: 'plain',
      message: tracker ? `Saved “${saved.name}”.` : `Earshot now listens for “${saved.name}”.`,
    });
    onSaved?.(saved);
    onClose();
    return undefined;
  };

  return (
    <Dialog
      title={tracker ? `Edit ${tracker.name}` : 'Listen for something'}
      description="Names, products, people, misspellings: every mention that matches comes to your inbox."
      size="large"
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onPress={onClose}>
            Cancel
          </Button>
          <Button variant="primary" onPress={() => void save()} isPending={isSaving}>
            {tracker ? 'Save changes' : 'Start listening'}
          </Button>
        </>
      }
    >
      <form
        className={css.columns}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <div className={css.form}>
          <TextArea
            label="Listen for"
            value={query}
            onChange={change}
            isCode
            isRequired
            autoFocus
            rows={3}
            inputRef={field}
            placeholder={'"your brand" OR yourbrand'}
            errorRange={mistake}
            error={
              mistake?.message ??
              (hasTriedToSave && check.kind === 'empty' ? 'Write what to listen for.' : null)
            }
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
              event.preventDefault();
              void save();
            }}
          />
          <TextField
            label="Name"
            value={typedName ?? suggestedName ?? ''}
            onChange={(text) => {
              setTypedName(text.slice(0, longestName));
              create.clearFailure();
              update.clearFailure();
            }}
            isRequired
            placeholder="Your brand"
            description="How it is called in the navigation and in the inbox."
            error={hasTriedToSave && check.kind === 'valid' && name === '' ? 'Give it a name.' : null}
          />
          {failure !== null && (
            <Banner tone="negative" title={tracker ? 'Not saved.' : 'Not added.'}>
              {failure}
            </Banner>
          )}
          {/* Lets Enter in the name field send the form. */}
          <input type="submit" hidden />
        </div>
        <div className={css.preview}>
          <TrackerPreview
            query={checkQuery(settledQuery).kind === 'valid' ? settledQuery : null}
            isTyping={isTyping}
          />
        </div>
        <div className={css.help}>
          <Disclosure title="How to write it" isOpenAtFirst={tracker === undefined}>
            <QueryHelp onInsert={insert} />
          </Disclosure>
        </div>
      </form>
    </Dialog>
  );
}
