import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { exactTime } from '../../ui/time-words.ts';
import { useNow } from '../../ui/use-now.ts';
import { localInputValue, momentOfInput } from './local-moment.ts';
import { tomorrowMorning } from './snooze-presets.ts';

export function PickTimeDialog({
  count,
  onClose,
  onPick,
}: {
  readonly count: number;
  readonly onClose: () => void;
  readonly onPick: (until: number) => void;
}) {
  const [value, setValue] = useState(() => localInputValue(tomorrowMorning(Date.now())));
  const now = useNow();
  const [isTried, setTried] = useState(false);
  const until = momentOfInput(value);
  const error =
    until === null
      ? 'Give a day and a time.'
      : until <= now
        ? 'That is past. Pick a time that lies ahead.'
        : null;
  const pick = (): void => {
    setTried(true);
    if (until !== null && error === null) onPick(until);
  };
  return (
    <Dialog
      title={count === 1 ? 'Snooze until' : `Snooze ${count} conversations until`}
      size="small"
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" onPress={pick}>
            Snooze
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
        <TextField
          label="Day and time"
          type="datetime-local"
          value={value}
          onChange={setValue}
          isRequired
          autoFocus
          description={until === null || error !== null ? undefined : exactTime(until)}
          error={isTried ? error : null}
        />
      </form>
    </Dialog>
  );
}
