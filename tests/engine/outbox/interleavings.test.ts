import fc from 'fast-check';
import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { updateAccount } from '../../../electron/engine/store/queries/accounts.ts';
import { openStore } from '../../../electron/engine/store/open-store.ts';
import type { Store } from '../../../electron/engine/store/store.ts';
import type { AccountId, ConversationId, ReplyId } from '../../../shared/model/ids.ts';
import type { ReplyState } from '../../../shared/model/reply.ts';
import { aSource, ingest, noon } from '../ingest/fixtures.ts';
import { fakeClock } from '../polling/fake-clock.ts';
import { anOutbox, aSquare, type Fate } from './an-outbox.ts';
import { anAccount } from './own-session.ts';
import { squareItem } from './square.ts';

const conversationCount = 3;

type Command =
  | { readonly do: 'queue'; readonly conversation: number; readonly holdMs: number }
  | { readonly do: 'edit-target'; readonly conversation: number }
  | { readonly do: 'cancel' | 'retry' | 'mark-sent'; readonly reply: number }
  | { readonly do: 'crash' | 'quit' | 'offline' | 'online' | 'unreadable' | 'readable' }
  | { readonly do: 'expire' | 'renew'; readonly account: number }
  | { readonly do: 'fate'; readonly fate: Fate }
  | { readonly do: 'wait'; readonly ms: number };

const index = fc.nat({ max: 8 });
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('queue' as const),
      conversation: fc.nat({ max: conversationCount - 1 }),
      holdMs: fc.constantFrom(0, 0, 10_000),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('fate' as const),
      fate: fc.constantFrom<Fate>(
        'unreachable',
        'dropped',
        'answer-lost',
        'error-after-commit',
        'commits-late',
        'rate-limited',
        'refused',
        'expired',
      ),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(0, 500, 4_000, 20_000, 100_000),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('cancel', 'retry', 'mark-sent'), reply: index }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('crash', 'quit', 'offline', 'online', 'unreadable', 'readable'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('expire', 'renew'), account: fc.nat({ max: 1 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('edit-target' as const),
      conversation: fc.nat({ max: conversationCount - 1 }),
    }),
  },
);

/** What may follow what, as the drawing has it; a change that is seen late may have skipped `sending`. */
const lawful: Readonly<Record<ReplyState, readonly ReplyState[]>> = {
  queued: ['sending', 'sent', 'failed', 'cancelled', 'unconfirmed'],
  sending: ['queued', 'sent', 'failed', 'unconfirmed'],
  unconfirmed: ['sending', 'sent', 'failed', 'queued'],
  failed: ['queued', 'sending', 'cancelled', 'sent', 'unconfirmed'],
  sent: [],
  cancelled: [],
};

/** A store that can be taken away from an engine as a kill does: nothing it writes afterwards arrives. */
function mortal(store: Store): { readonly store: Store; kill(): void } {
  let isDead = false;
  const alive =
    <Args extends readonly unknown[], Result>(work: (...args: Args) => Result) =>
    (...args: Args): Result => {
      if (isDead) throw new Error('the process is gone');
      return work(...args);
    };
  return {
    kill: () => {
      isDead = true;
    },
    store: {
      ...store,
      get: alive((...args: Parameters<Store['get']>) => store.get(...args)) as Store['get'],
      all: alive((...args: Parameters<Store['all']>) => store.all(...args)) as Store['all'],
      iterate: alive((...args: Parameters<Store['iterate']>) => store.iterate(...args)) as Store['iterate'],
      run: alive((...args: Parameters<Store['run']>) => store.run(...args)),
      exec: alive((...args: Parameters<Store['exec']>) => store.exec(...args)),
      transaction: alive((...args: Parameters<Store['transaction']>) =>
        store.transaction(...args),
      ) as Store['transaction'],
    },
  };
}

/** What must hold of each reply, as simple as it can be said. */
interface Expected {
  readonly replyId: ReplyId;
  readonly text: string;
  readonly conversation: number;
  isCancelled: boolean;
  /** The user said that it is there: whether it is, is theirs to know. */
  isMarkedSent: boolean;
  /** It failed once, so that later ones may have gone before it. */
  hasFailed: boolean;
  lastState: ReplyState;
}

async function play(commands: readonly Command[]): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'earshot-outbox-'));
  const store = openStore({ path: join(directory, 'earshot.sqlite'), now: () => noon });
  const clock = fakeClock(noon);
  const square = aSquare(clock, 300);
  let body = mortal(store);
  const openIt = () => {
    const opened = anOutbox(body.store, clock, square);
    opened.start();
    return opened;
  };
  try {
    const source = aSource(store, { connector: 'square' });
    const accounts = ['brand', 'help'].map((name) => anAccount(store, name));
    for (let number = 0; number < conversationCount; number++) {
      const post = {
        id: `m${number}`,
        text: `Words ${number}`,
        author: `ana${number}`,
        inReplyTo: null,
        at: noon - 1,
      };
      square.threads.set(post.id, post);
      ingest(store, source, [squareItem(post)]);
    }
    let outbox = openIt();
    const expected: Expected[] = [];

    const check = (): void => {
      for (const reply of expected) {
        const count = square.posts.filter(({ text }) => text === reply.text).length;
        expect(count, `${reply.text} on the square`).toBeLessThanOrEqual(1);
        if (reply.isCancelled) expect(count, `${reply.text} was taken back`).toBe(0);
        const { state } = store.get<{ state: ReplyState }>(
          'SELECT state FROM replies WHERE id = ?',
          Number(reply.replyId),
        ) ?? {
          state: 'lost',
        };
        if (state !== reply.lastState) expect(lawful[reply.lastState]).toContain(state);
        reply.lastState = state as ReplyState;
        reply.isCancelled ||= state === 'cancelled';
        reply.hasFailed ||= state === 'failed';
      }
    };

    const apply = async (step: Command): Promise<void> => {
      switch (step.do) {
        case 'queue': {
          const text = `reply ${expected.length}`;
          const { replyId } = await outbox.call('replies.queue', {
            conversationId: String(step.conversation + 1) as ConversationId,
            accountId: accounts[step.conversation % 2] as AccountId,
            text,
            holdMs: step.holdMs,
          });
          expected.push({
            replyId,
            text,
            conversation: step.conversation,
            isCancelled: false,
            isMarkedSent: false,
            hasFailed: false,
            lastState: 'queued',
          });
          return;
        }
        case 'edit-target': {
          const post = square.threads.get(`m${step.conversation}`)!;
          square.threads.set(post.id, { ...post, text: `${post.text} edited` });
          return;
        }
        case 'cancel':
        case 'retry':
        case 'mark-sent': {
          const reply = expected[step.reply];
          if (!reply) return;
          const method = (
            { cancel: 'replies.cancel', retry: 'replies.retry', 'mark-sent': 'replies.markSent' } as const
          )[step.do];
          const before = reply.lastState;
          try {
            const { replyId } = reply;
            await outbox.call(method, { replyId });
            if (step.do === 'mark-sent' && before === 'unconfirmed') reply.isMarkedSent = true;
          } catch (error) {
            expect(error).toMatchObject({ code: 'conflict' });
          }
          return;
        }
        case 'crash':
          body.kill();
          body = mortal(store);
          outbox = openIt();
          return;
        case 'quit': {
          const closing = outbox.close();
          await clock.advance(6_000);
          await closing;
          outbox = openIt();
          return;
        }
        case 'offline':
        case 'online':
          return outbox.setOnline(step.do === 'online');
        case 'unreadable':
        case 'readable':
          return square.setReadable(step.do === 'readable');
        case 'expire':
        case 'renew':
          updateAccount(store, accounts[step.account] as AccountId, {
            state: step.do === 'expire' ? 'expired' : 'ok',
          });
          if (step.do === 'renew') outbox.resumeAccount(accounts[step.account] as AccountId);
          return;
        case 'fate':
          square.fates.push(step.fate);
          return;
        case 'wait':
          await clock.advance(step.ms);
      }
    };

    for (const step of commands) {
      await apply(step);
      await clock.advance(0);
      check();
    }

    // In the end all is well, and the user sends again what failed.
    square.fates.length = 0;
    square.setReadable(true);
    outbox.setOnline(true);
    for (const accountId of accounts) updateAccount(store, accountId, { state: 'ok' });
    for (let round = 0; round < 4; round++) {
      await clock.advance(15 * 60_000);
      check();
      for (const reply of expected) {
        if (reply.lastState === 'failed') await outbox.call('replies.retry', { replyId: reply.replyId });
      }
    }
    const wanted = expected.filter(({ isCancelled }) => !isCancelled);
    expect(wanted.filter(({ lastState }) => lastState !== 'sent')).toEqual([]);
    const lost = wanted.filter(
      ({ text, isMarkedSent }) => !isMarkedSent && !square.posts.some((post) => post.text === text),
    );
    expect(lost).toEqual([]);
    for (const inOne of Map.groupBy(wanted, ({ conversation }) => conversation).values()) {
      const places = inOne
        .filter(({ hasFailed, isMarkedSent }) => !hasFailed && !isMarkedSent)
        .map(({ text }) => square.posts.findIndex((post) => post.text === text));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    }
    const closing = outbox.close();
    await clock.advance(6_000);
    await closing;
  } finally {
    body.kill();
    store.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

describe('the outbox, whatever happens in whatever order', () => {
  it('sends everything once and in order, and nothing that was taken back', async () => {
    await fc.assert(fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 40 }), play), {
      numRuns: 150,
    });
  }, 300_000);
});
