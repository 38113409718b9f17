import { useState } from 'react';
import ArrowUpRight from 'lucide-react/icons/arrow-up-right';
import Check from 'lucide-react/icons/check';
import CheckCheck from 'lucide-react/icons/check-check';
import CircleAlert from 'lucide-react/icons/circle-alert';
import CircleHelp from 'lucide-react/icons/circle-question-mark';
import Clock from 'lucide-react/icons/clock';
import Send from 'lucide-react/icons/send';
import type { Reply } from '../../../shared/model/reply.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useCountdown } from '../../ui/use-countdown.ts';
import css from './reply-state.module.css';
import { moveLabels, type ReplyMove, type ReplyWords } from './reply-words.ts';
import type { ReplyMoves } from './use-reply-moves.ts';

/** Where it stands, as a word with a shape. */
export function ReplyStateChip({ reply, words }: { readonly reply: Reply; readonly words: ReplyWords }) {
  const seconds = useCountdown(words.countdownTo);
  return (
    <Chip tone={words.tone} icon={iconOf(reply)}>
      {words.countdownTo === null
        ? words.state
        : seconds === 0
          ? 'Sending…'
          : `${words.state} in ${seconds} s`}
    </Chip>
  );
}

function iconOf({ state, confirmedAt, via }: Reply) {
  switch (state) {
    case 'queued':
      return <Clock aria-hidden="true" />;
    case 'sending':
      return <Send aria-hidden="true" />;
    case 'sent':
      return confirmedAt === null && via === 'earshot' ? (
        <Check aria-hidden="true" />
      ) : (
        <CheckCheck aria-hidden="true" />
      );
    case 'unconfirmed':
      return <CircleHelp aria-hidden="true" />;
    case 'failed':
      return <CircleAlert aria-hidden="true" />;
    case 'cancelled':
      return undefined;
  }
}

/** What can be done about it. Sending again what may be there asks first. */
export function ReplyMoveButtons({
  reply,
  words,
  moves,
  platformName,
}: {
  readonly reply: Reply;
  readonly words: ReplyWords;
  readonly moves: ReplyMoves;
  readonly platformName: string;
}) {
  const [isAsking, setAsking] = useState(false);
  const [first] = words.moves;
  return (
    <>
      {words.moves.map((move) =>
        move === 'open' ? (
          <a key={move} className={css.link} href={reply.url} target="_blank" rel="noopener noreferrer">
            Open on {platformName}
            <ArrowUpRight aria-hidden="true" />
          </a>
        ) : (
          <Button
            key={move}
            size="small"
            variant={move === first ? 'secondary' : 'quiet'}
            isDisabled={moves.isMoving}
            onPress={() => (move === 'send-again' ? setAsking(true) : moves.move(reply, move))}
          >
            {labelOf(move, reply)}
          </Button>
        ),
      )}
      {isAsking && (
        <ConfirmDialog
          title="Send it again?"
          confirmLabel="Send again"
          keepLabel="Leave it"
          isRunning={moves.isMoving}
          onClose={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            moves.move(reply, 'send-again');
          }}
        >
          <p>
            If the first one did arrive, {platformName} will show it twice. Look there before you send it
            again.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}

function labelOf(move: ReplyMove, { action }: Reply): string {
  return move === 'edit' && action !== 'reply' ? 'Take back' : moveLabels[move];
}
