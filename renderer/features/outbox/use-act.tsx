import { type ReactNode, useCallback, useState } from 'react';
import type { Conversation, Mention } from '../../../shared/model/mention.ts';
import type { Reply } from '../../../shared/model/reply.ts';
import { useCommand } from '../../client/hooks.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { actionWords } from './reply-words.ts';

export type Act = Exclude<Reply['action'], 'reply'>;

interface Asked {
  readonly action: Act;
  readonly mention: Mention | null;
  readonly reply: Reply | null;
  readonly platformName: string;
}

export interface Acting {
  /** Does it, or asks first where others see it or it cannot be taken back. */
  readonly ask: (action: Act, mention: Mention, platformName: string) => void;
  readonly askOwn: (action: 'delete', reply: Reply, platformName: string) => void;
  /** Handed over to the outbox and not yet shown by it. */
  readonly handedOver: ReadonlySet<string>;
  /** The question, while there is one; draw it anywhere. */
  readonly dialog: ReactNode;
}

const needsAsking: ReadonlySet<Act> = new Set<Act>(['hide', 'delete', 'block']);

/** Likes, hides, deletes, mutes and blocks through the outbox. */
export function useAct({ answerableBy }: Conversation): Acting {
  const [accountId] = answerableBy;
  const { run } = useCommand('replies.act', { failureTitle: 'Could not do that on the platform' });
  const [asked, setAsked] = useState<Asked | null>(null);
  const [handedOver, setHandedOver] = useState<ReadonlySet<string>>(new Set());
  const perform = useCallback(
    async (action: Act, mention: Mention | null, reply: Reply | null): Promise<void> => {
      const key = handedKey(action, mention?.mentionId ?? reply?.replyId ?? '');
      setHandedOver((known) => new Set(known).add(key));
      await run({
        action,
        ...(mention === null ? {} : { mentionId: mention.mentionId }),
        ...(reply === null ? {} : { replyId: reply.replyId }),
        ...(accountId === undefined ? {} : { accountId }),
      });
      // By now the event about it has been answered, or will be before anybody looks twice.
      setTimeout(
        () => setHandedOver((known) => new Set([...known].filter((other) => other !== key))),
        settleMs,
      );
    },
    [run, accountId],
  );
  const ask = useCallback(
    (action: Act, mention: Mention, platformName: string): void => {
      if (needsAsking.has(action)) setAsked({ action, mention, reply: null, platformName });
      else void perform(action, mention, null);
    },
    [perform],
  );
  const askOwn = useCallback(
    (action: 'delete', reply: Reply, platformName: string): void =>
      setAsked({ action, mention: null, reply, platformName }),
    [],
  );
  const dialog =
    asked === null ? null : (
      <ConfirmDialog
        title={questionOf(asked)}
        confirmLabel={actionWords[asked.action].name}
        keepLabel="Leave it"
        isRunning={false}
        onClose={() => setAsked(null)}
        onConfirm={() => {
          setAsked(null);
          void perform(asked.action, asked.mention, asked.reply);
        }}
      >
        <p>{consequenceOf(asked)}</p>
      </ConfirmDialog>
    );
  return { ask, askOwn, handedOver, dialog };
}

/** The window asks the engine anew at most so much later. */
const settleMs = 800;

export function handedKey(action: Act, id: string): string {
  return `${action} ${id}`;
}

function questionOf({ action, mention, platformName }: Asked): string {
  const who = mention?.author.name ?? '';
  switch (action) {
    case 'block':
      return `Block ${who} on ${platformName}?`;
    case 'hide':
      return `Hide what ${who} wrote?`;
    case 'delete':
      return mention === null ? 'Delete our reply?' : `Delete what ${who} wrote?`;
    default:
      return `${actionWords[action].name}?`;
  }
}

function consequenceOf({ action, mention, platformName }: Asked): string {
  switch (action) {
    case 'block':
      return `${mention?.author.handle ?? mention?.author.name ?? 'They'} can no longer write to this account on ${platformName}. What they wrote stays here.`;
    case 'hide':
      return `Others no longer see it at once on ${platformName}. It can be shown again.`;
    case 'delete':
      return `It is taken away from ${platformName} for everybody, and cannot be brought back. What was read stays here.`;
    default:
      return '';
  }
}
