import { useState } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { TextField } from './text-field.tsx';
import { exactTime } from './time-words.ts';
import { useNow } from './use-now.ts';
import { localInputValue, momentOfInput } from './local-moment.ts';
import css from './pick-time-dialog.module.css';
import { readMoment } from './written-moment.ts';

export interface PickTimeDialogProps {
  /** "Snooze until" */
  readonly title: string;
  /** On the button: "Snooze". */
  readonly confirmLabel: string;
  /** What it suggests, from what is now; epoch milliseconds. */
  readonly suggest: (now: number) => number;
  readonly onClose: () => void;
  readonly onPick: (at: number) => void;
}

/** Asks for a moment that lies ahead, in words or by the calendar. */
export function PickTimeDialog({ title, confirmLabel, suggest, onClose, onPick }: PickTimeDialogProps) {
  const [value, setValue] = useState(() => localInputValue(suggest(Date.now())));
  const now = useNow();
  const [isTried, setTried] = useState(false);
  const [words, setWords] = useState('');
  const isUnclear = words.trim() !== '' && readMoment(words, now) === null;
  const until = momentOfInput(value);
  const past = until !== null && until <= now ? 'That is past. Pick a time that lies ahead.' : null;
  const error = isUnclear
    ? 'Not understood. Write “fri 9”, “tomorrow 14:00”, “3 dec” or “2h”.'
    : until === null
      ? 'Give a day and a time.'
      : past;
  const pick = (): void => {
    setTried(true);
    if (until !== null && error === null) onPick(until);
  };
  return (
    <Dialog
      title={title}
      size="small"
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" onPress={pick}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          pick();
        }}
      >
        <div className={css.fields}>
          <TextField
            label="In words"
            placeholder="fri 9, tomorrow, 2h"
            value={words}
            onChange={(written) => {
              setWords(written);
              setTried(false);
              const moment = readMoment(written, Date.now());
              if (moment !== null) setValue(localInputValue(moment));
            }}
            autoFocus
            error={isTried && isUnclear ? error : null}
          />
          <TextField
            label="Day and time"
            type="datetime-local"
            value={value}
            onChange={(picked) => {
              setValue(picked);
              setWords('');
            }}
            isRequired
            error={isTried && !isUnclear ? error : null}
          />
          <output className={css.moment}>
            {until === null || isUnclear || past !== null ? 'No time ahead yet' : exactTime(until)}
          </output>
        </div>
      </form>
    </Dialog>
  );
}
