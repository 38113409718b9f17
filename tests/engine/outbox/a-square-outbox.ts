import type { ConversationId } from '../../../shared/model/ids.ts';
import { aSource, ingest, noon } from '../ingest/fixtures.ts';
import { fakeClock } from '../polling/fake-clock.ts';
import { aStore } from '../store/a-store.ts';
import { anOutbox, aSquare } from './an-outbox.ts';
import { anAccount } from './own-session.ts';
import { squareItem, type SquarePost } from './square.ts';

/** Somebody wrote on the square, the brand has an account there, and the outbox is running. */
export function aSquareOutbox(
  options: Parameters<typeof anOutbox>[3] & { readonly isStarted?: boolean } = {},
) {
  const store = aStore();
  const clock = fakeClock(noon);
  const square = aSquare(clock);
  const source = aSource(store, { connector: 'square' });
  const accountId = anAccount(store, 'brand');
  const write = (id: string, change: Partial<SquarePost> = {}): SquarePost => {
    const post = {
      id,
      text: `Words about ${id}`,
      author: 'ana',
      inReplyTo: null,
      at: noon - 60_000,
      ...change,
    };
    square.threads.set(id, post);
    return post;
  };
  const poll = (...posts: readonly SquarePost[]) =>
    ingest(
      store,
      source,
      posts.map((post) => squareItem(post)),
      clock.now(),
    );
  poll(write('m1'));
  const outbox = anOutbox(store, clock, square, options);
  if (options.isStarted !== false) outbox.start();
  const conversationId = '1' as ConversationId;
  return {
    store,
    clock,
    square,
    source,
    accountId,
    write,
    poll,
    outbox,
    conversationId,
    queue: (text: string, more: Partial<Parameters<typeof outbox.call<'replies.queue'>>[1]> = {}) =>
      outbox.call('replies.queue', { conversationId, text, ...more }),
    texts: () => square.posts.map((post) => post.text),
    get: (replyId: Awaited<ReturnType<typeof outbox.call<'replies.queue'>>>['replyId']) =>
      outbox.call('replies.get', { replyId }),
    /** Ends it properly, with the time that this may take. */
    close: async (): Promise<void> => {
      const closing = outbox.close();
      await clock.advance(6_000);
      await closing;
    },
  };
}
