import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { Answer, Call } from './api.ts';
import { readStatuses, type Session } from './caller.ts';
import {
  type Listening,
  type MastodonCursor,
  type Page,
  remember,
  statusesPerPage,
  warningOf,
} from './listening.ts';
import { hostOfServer } from './settings.ts';
import { instanceSchema, listSchema, type MastodonStatus, notificationSchema } from './wire.ts';

const notificationsPerPage = 80;
/** How far back, in pages, after a time in which there was nothing at all. */
const mostPagesBack = 25;

/** A list of the server that grows at its upper end. */
interface ServerList {
  /** `since`: only what is newer, the oldest page of it; `until`: only what is older. */
  page(range: { readonly since?: string; readonly until?: string }): Promise<Answer<readonly unknown[]>>;
  read(list: readonly unknown[]): { statuses: MastodonStatus[]; broken: number };
  readonly source: { readonly name: string; readonly url: string | null };
}

function listOf(listening: Listening): ServerList {
  const { context, caller } = listening;
  const host = hostOfServer(caller.server);
  const ask = (
    call: Call,
    limit: number,
    { since, until }: { readonly since?: string; readonly until?: string },
  ): Promise<Answer<readonly unknown[]>> =>
    caller.ask(
      {
        ...call,
        query: [
          ...(call.query ?? []),
          ['limit', String(limit)],
          // min_id gives the page that follows; since_id would give the newest one and skip what lies between.
          ...(since === undefined ? [] : ([['min_id', since]] as const)),
          ...(until === undefined ? [] : ([['max_id', until]] as const)),
        ],
      },
      listSchema,
    );

  if (context.settings.what === 'tag') {
    const tag = context.settings.tag ?? '';
    const path = `/api/v1/timelines/tag/${encodeURIComponent(tag)}`;
    return {
      source: { name: `#${tag} on ${host}`, url: `${caller.server}/tags/${encodeURIComponent(tag)}` },
      read: readStatuses,
      async page(range) {
        const answer = await ask({ path }, statusesPerPage, range).catch(emptyIfUnknown);
        if (answer.data.length === 0 && context.cursor === null) await refuseHiddenTags(listening);
        return answer;
      },
    };
  }
  const session = context.account as Session | null;
  if (session === null) throw new EarshotError('unauthorized', 'Mentions are shown to their account alone.');
  const types = session.identity.facts?.['isVanilla'] === true ? ['mention', 'quote'] : ['mention'];
  const query = [
    ...types.map((type) => ['types[]', type] as const),
    // What the server holds back from people it does not know yet: a brand is written to by strangers.
    ['include_filtered', 'true'] as const,
  ];
  return {
    source: {
      name: `Mentions of @${session.identity.handle ?? session.identity.name}`,
      url: session.identity.url,
    },
    read: readNotifications,
    page: (range) => ask({ path: '/api/v1/notifications', query }, notificationsPerPage, range),
  };
}

/** A tag that nobody on the server has used yet is no mistake; a server that is no Mastodon is one. */
function emptyIfUnknown(error: unknown): Answer<readonly unknown[]> {
  const isUnknown =
    error instanceof EarshotError && error.code === 'not-found' && error.details['isOtherServer'] !== true;
  if (!isUnknown) throw error;
  return { data: [], newer: null, older: null };
}

/** A server that shows no tags gives an empty list, as one on which nobody writes about it. */
async function refuseHiddenTags({ caller }: Listening): Promise<void> {
  const { data } = await caller.ask({ path: '/api/v2/instance' }, instanceSchema).catch((error: unknown) => {
    if (!(error instanceof EarshotError)) throw error;
    // Older servers have no such page, and no such limit either.
    return { data: null };
  });
  const feeds = data?.configuration?.timelines_access?.hashtag_feeds;
  const kinds = [feeds?.local, feeds?.remote];
  const host = hostOfServer(caller.server);
  if (kinds.every((kind) => kind === 'disabled')) {
    throw new EarshotError(
      'unsupported',
      `${host} has turned its tag pages off. Read the tag on another server.`,
    );
  }
  if (!caller.isSignedIn && kinds.every((kind) => kind === 'disabled' || kind === 'authenticated')) {
    throw new EarshotError(
      'unauthorized',
      `${host} shows tags only to people who are signed in. Connect an account there and choose it for this source.`,
    );
  }
}

function readNotifications(list: readonly unknown[]): { statuses: MastodonStatus[]; broken: number } {
  const read = list.map((item) => notificationSchema.safeParse(item));
  // Other kinds come up with new versions: follows, reports, moderation. They say nothing that can be answered.
  const wanted = read.flatMap(({ data }) =>
    data && ['mention', 'quote'].includes(data.type) && data.status ? [data.status] : [],
  );
  const { statuses, broken } = readStatuses(wanted);
  return { statuses, broken: broken + read.filter(({ success }) => !success).length };
}

export async function* listPages(listening: Listening, start: MastodonCursor): AsyncGenerator<Page> {
  const list = listOf(listening);
  let cursor = start;
  const given = new Set<string>();
  const pageOf = async (answer: Answer<readonly unknown[]>, newest: string | null): Promise<Page> => {
    const { statuses, broken } = list.read(answer.data);
    const fresh = statuses.filter(({ uri }) => !given.has(uri));
    for (const { uri } of fresh) given.add(uri);
    const items = await listening.mentionsOf(fresh);
    cursor = { ...remember(cursor, fresh), newest };
    return { items, cursor, source: list.source, ...warningOf(broken, answer.data.length) };
  };

  if (cursor.newest === null) {
    const back = await pagesBack(list, listening.context.cursor === null ? 1 : mostPagesBack);
    for (const answer of back.toReversed()) yield await pageOf(answer, newestOf(answer) ?? cursor.newest);
    // Where nothing was found, that is kept too: the next poll must not take its first page for all there is.
    if (back.length === 0) yield { items: [], cursor, source: list.source };
    return;
  }
  while (listening.requestsLeft() > 0) {
    const answer = await list.page({ since: cursor.newest ?? '' });
    const newest = newestOf(answer);
    if (newest === null || newest === cursor.newest) return;
    yield await pageOf(answer, newest);
  }
}

/** The newest pages, the newest first. */
async function pagesBack(list: ServerList, most: number): Promise<Answer<readonly unknown[]>[]> {
  const pages: Answer<readonly unknown[]>[] = [];
  let until: string | null = null;
  while (pages.length < most) {
    const answer: Answer<readonly unknown[]> = await list.page(until === null ? {} : { until });
    if (answer.data.length === 0) break;
    pages.push(answer);
    const next: string | null = answer.older ?? idOf(answer.data.at(-1));
    if (next === null || next === until) break;
    until = next;
  }
  return pages;
}

const newestOf = ({ data, newer }: Answer<readonly unknown[]>): string | null =>
  data.length === 0 ? null : (newer ?? idOf(data[0]));

function idOf(item: unknown): string | null {
  return notificationSchema.pick({ id: true }).safeParse(item).data?.id ?? null;
}
