import type { StandIn } from '../conformance/stand-in.ts';
import { type StandInAnswer, standInServer } from '../conformance/stand-in-server.ts';
import {
  above,
  below,
  invalid,
  noToken,
  notFound,
  ok,
  outsideScopes,
  type Route,
  search,
  unknownParameter,
  withLinks,
} from './server-answers.ts';
import { createOAuth } from './server-oauth.ts';
import { writeRoutes } from './server-writes.ts';
import {
  acctOf,
  brand,
  compareIds,
  domain,
  pageOf,
  type PlayedAccount,
  type PlayedStatus,
  wireAccount,
  wireStatus,
} from './server-state.ts';

export interface MastodonStandIn extends StandIn {
  readonly url: string;
  readonly token: string;
  readonly statuses: PlayedStatus[];
  /** What was uploaded, as it came. */
  readonly media: { readonly id: string; readonly body: string }[];
  /** The scopes of the token. */
  scopes: string[];
  /** Still there, and left out where several are asked for: filtered, or not at hand. */
  readonly leftOut: Set<string>;
  /** Who may see tags: public, authenticated or disabled. */
  tagAccess: string;
  /** Somebody writes with more to choose than the suite needs. */
  write(status: Partial<PlayedStatus> & { readonly text: string }): PlayedStatus;
  /** The page of the server on which the user allows an app; the address it leads back to. */
  authorize(url: string): string;
  readonly muted: Set<string>;
  readonly blocked: Set<string>;
  readonly favourites: Set<string>;
}

export type Software = 'mastodon' | 'gotosocial';

const every = [
  'read:accounts read:statuses read:notifications read:search',
  'write:statuses write:media write:favourites write:mutes write:blocks',
].join(' ');

/** One Mastodon server, or one of its kind that keeps no idempotency keys and cannot be asked for several posts. */
export async function startMastodon(
  now: () => number,
  software: Software = 'mastodon',
): Promise<MastodonStandIn> {
  const token = 'the-token-of-the-brand-account-0123456789';
  const statuses: PlayedStatus[] = [];
  const notifications: { id: string; status: PlayedStatus }[] = [];
  const oauth = createOAuth();
  // Where ids become a digit longer: they are no numbers, and not sorted as texts either.
  let nextId = 999_999_999_999_999_985n;
  let nextNotification = 9_998n;

  const idOf = (count: bigint): string => (software === 'mastodon' ? String(count) : `01J${String(count)}`);
  const serverNow = (): number => now() + standIn.skewMs;

  const standIn: Omit<MastodonStandIn, 'url' | 'requests' | 'failNext' | 'close'> = {
    token,
    skewMs: 0,
    retryAfterMs: 90_000,
    statuses,
    media: [],
    scopes: every.split(' '),
    tagAccess: 'public',
    leftOut: new Set(),
    muted: new Set(),
    blocked: new Set(),
    favourites: new Set(),
    write({ text, ...more }) {
      nextId += 1n;
      const id = idOf(nextId);
      const account = more.account ?? person('fan');
      const status: PlayedStatus = {
        id,
        uri: `https://${account.domain ?? domain}/users/${account.username}/statuses/${id}`,
        account,
        text,
        inReplyToId: null,
        visibility: 'public',
        spoilerText: '',
        createdAt: serverNow(),
        editedAt: null,
        tags: [...text.toLowerCase().matchAll(/#([\p{L}\p{N}_]+)/gu)].map(([, tag]) => tag ?? ''),
        mediaIds: [],
        isSpoiled: false,
        ...more,
      };
      statuses.push(status);
      if (account !== brand) {
        nextNotification += 1n;
        notifications.push({ id: idOf(nextNotification), status });
      }
      return status;
    },
    publish({ text, author = 'fan', at, inReplyTo, byAccount = false }) {
      const parent = statuses.find(({ id }) => id === inReplyTo);
      const isOwnReply = byAccount && parent !== undefined;
      const status = standIn.write({
        text: isOwnReply ? `@${parent.account.username}@${parent.account.domain} ${text}` : text,
        account: byAccount ? brand : person(author),
        inReplyToId: inReplyTo ?? null,
        createdAt: at ?? serverNow(),
        tags: isOwnReply ? [] : ['earshot'],
      });
      return status.id;
    },
    edit(externalId, text) {
      const status = find(externalId);
      status.text = text;
      status.editedAt = serverNow();
    },
    remove(externalId) {
      const status = find(externalId);
      statuses.splice(statuses.indexOf(status), 1);
      const place = notifications.findIndex((each) => each.status === status);
      if (place >= 0) notifications.splice(place, 1);
    },
    spoil(externalId) {
      find(externalId).isSpoiled = true;
    },
    useHugeIds() {
      nextId = 115_581_234_567_890_122n;
    },
    written: () =>
      statuses
        .filter(({ account }) => account === brand)
        .sort((a, b) => compareIds(a.id, b.id))
        .map(({ id, text, inReplyToId }) => ({ externalId: id, text, inReplyTo: inReplyToId })),
    authorize: (url) => oauth.authorize(new URL(url)),
  };

  function find(id: string): PlayedStatus {
    const status = statuses.find((each) => each.id === id);
    if (!status) throw new Error(`There is no status ${id}.`);
    return status;
  }

  const routes: readonly Route[] = [
    ...oauth.routes,
    [
      'GET',
      /^\/api\/v2\/instance$/,
      null,
      () =>
        ok({
          domain,
          title: 'Social',
          version: software === 'mastodon' ? '4.5.1' : '0.19.1+git-1a2b3c4',
          source_url:
            software === 'mastodon'
              ? 'https://github.com/mastodon/mastodon'
              : 'https://codeberg.org/superseriousbusiness/gotosocial',
          configuration: {
            statuses: { max_characters: 500, characters_reserved_per_url: 23, max_media_attachments: 4 },
            timelines_access: { hashtag_feeds: { local: standIn.tagAccess, remote: standIn.tagAccess } },
          },
        }),
    ],
    ['GET', /^\/api\/v1\/accounts\/verify_credentials$/, 'read:accounts', () => ok(wireAccount(brand))],
    [
      'GET',
      /^\/api\/v1\/apps\/verify_credentials$/,
      '',
      ({ headers }) => ok({ name: 'Earshot', scopes: scopesOf(headers['authorization']) }),
    ],
    [
      'GET',
      /^\/api\/v1\/notifications$/,
      'read:notifications',
      ({ url }) => {
        const unknown = unknownParameter(url, [
          'types[]',
          'include_filtered',
          'limit',
          'min_id',
          'since_id',
          'max_id',
        ]);
        if (unknown) return unknown;
        if (!url.searchParams.getAll('types[]').includes('mention')) return ok([]);
        // Strangers are held back unless they are asked for.
        if (url.searchParams.get('include_filtered') !== 'true') return ok([]);
        if (software !== 'mastodon' && url.searchParams.getAll('types[]').includes('quote'))
          return { status: 400, body: { error: 'Bad Request: invalid notification type' } };
        const page = pageOf(notifications, url.searchParams, 80, 40);
        return withLinks(
          url,
          page,
          ok(
            page.map(({ id, status }) => ({
              id,
              type: 'mention',
              created_at: new Date(status.createdAt).toISOString(),
              account: wireAccount(status.account),
              status: wireStatus(status),
            })),
          ),
        );
      },
    ],
    [
      'GET',
      /^\/api\/v1\/timelines\/tag\/([^/]+)$/,
      'public',
      ({ url, headers }, tag) => {
        const unknown = unknownParameter(url, ['limit', 'min_id', 'since_id', 'max_id']);
        if (unknown) return unknown;
        const isHidden =
          standIn.tagAccess === 'disabled' ||
          (standIn.tagAccess === 'authenticated' && headers['authorization'] === undefined);
        if (isHidden) return ok([]);
        const all = statuses.filter(
          ({ tags, visibility }) => visibility === 'public' && tags.includes(tag.toLowerCase()),
        );
        if (all.length === 0) return notFound;
        const page = pageOf(all, url.searchParams, 40, 20);
        return withLinks(url, page, ok(page.map(wireStatus)));
      },
    ],
    [
      'GET',
      /^\/api\/v2\/search$/,
      'read:search',
      ({ url }) => {
        const unknown = unknownParameter(url, ['q', 'type', 'limit', 'offset', 'resolve']);
        return (
          unknown ??
          ok({ accounts: [], hashtags: [], statuses: search(statuses, url.searchParams).map(wireStatus) })
        );
      },
    ],
    [
      'GET',
      /^\/api\/v1\/statuses$/,
      'public',
      ({ url }) => {
        if (software !== 'mastodon')
          return { status: 404, headers: { 'content-type': 'text/html' }, body: '<html>404' };
        const unknown = unknownParameter(url, ['id[]']);
        if (unknown) return unknown;
        const ids = url.searchParams.getAll('id[]');
        if (ids.length > 20) return invalid('Validation failed');
        return ok(statuses.filter(({ id }) => ids.includes(id) && !standIn.leftOut.has(id)).map(wireStatus));
      },
    ],
    [
      'GET',
      /^\/api\/v1\/statuses\/([^/]+)$/,
      'public',
      (_request, id) => onStatus(id, (status) => ok(wireStatus(status))),
    ],
    [
      'GET',
      /^\/api\/v1\/statuses\/([^/]+)\/context$/,
      'public',
      (_request, id) =>
        onStatus(id, (status) =>
          ok({
            ancestors: above(statuses, status).map(wireStatus),
            descendants: below(statuses, status).map(wireStatus),
          }),
        ),
    ],
    [
      'GET',
      /^\/api\/v1\/statuses\/([^/]+)\/source$/,
      'read:statuses',
      (_request, id) =>
        onStatus(id, ({ account, text, spoilerText }) =>
          account === brand ? ok({ id, text, spoiler_text: spoilerText }) : notFound,
        ),
    ],
    [
      'GET',
      /^\/api\/v1\/accounts\/([^/]+)\/statuses$/,
      'public',
      ({ url }, id) => {
        const unknown = unknownParameter(url, ['limit', 'min_id', 'since_id', 'max_id', 'exclude_reblogs']);
        if (unknown) return unknown;
        const page = pageOf(
          statuses.filter(({ account }) => account.id === id),
          url.searchParams,
          40,
          20,
        );
        return withLinks(url, page, ok(page.map(wireStatus)));
      },
    ],
    [
      'GET',
      /^\/web\/([^/]+)$/,
      null,
      // The page that people see: a post and what was answered to it.
      (_request, id) =>
        onStatus(id, (status) => ({
          status: 200,
          headers: { 'content-type': 'text/html; charset=utf-8' },
          body: `<!doctype html><title>${domain}</title>${[status, ...below(statuses, status)]
            .map(
              (each) => `<article>@${acctOf(each.account)}: ${String(wireStatus(each)['content'])}</article>`,
            )
            .join('')}`,
        })),
    ],
    ...writeRoutes(standIn, { software, serverNow, onStatus }),
  ];

  function onStatus(id: string, answer: (status: PlayedStatus) => StandInAnswer): StandInAnswer {
    const status = statuses.find((each) => each.id === id);
    return status ? answer(status) : notFound;
  }

  const scopesOf = (authorization: string | undefined): string[] | null => {
    const given = authorization?.replace(/^Bearer /, '') ?? '';
    return given === token ? standIn.scopes : (oauth.tokens.get(given) ?? null);
  };
  let isRevoked = false;
  const server = await standInServer({
    kindOf({ method, path }) {
      if (path.startsWith('/oauth/') || path === '/api/v1/apps' || path === '/api/v2/media') return null;
      return method === 'GET' ? 'read' : 'write';
    },
    answer(request) {
      for (const [method, path, scope, handle] of routes) {
        const match = path.exec(request.path);
        if (method !== request.method || !match) continue;
        const authorization = request.headers['authorization'];
        const held = isRevoked ? null : scopesOf(authorization);
        // A token that does not hold is refused even where none is needed.
        if (authorization !== undefined && held === null) return noToken;
        if (scope !== null && scope !== 'public') {
          if (held === null) return noToken;
          const isAllowed = scope === '' || held.includes(scope) || held.includes(scope.split(':')[0] ?? '');
          if (!isAllowed) return outsideScopes;
        }
        return handle(request, decodeURIComponent(match[1] ?? ''));
      }
      return notFound;
    },
    refusals: {
      'rate-limited': () => ({
        status: 429,
        headers: {
          date: new Date(serverNow()).toUTCString(),
          'x-ratelimit-limit': '300',
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': new Date(serverNow() + 90_000).toISOString().replace('Z', '123Z'),
        },
        body: { error: 'Too many requests' },
      }),
      'missing-permission': () => outsideScopes,
      refused: () => invalid('Validation failed: Text character limit of 500 exceeded'),
    },
    expire: () => {
      isRevoked = true;
    },
    revoke: () => {
      isRevoked = true;
    },
  });
  return Object.assign(standIn, server);
}

const person = (username: string): PlayedAccount => ({
  id: String(9_000 + username.split('').reduce((sum, letter) => sum + letter.charCodeAt(0), 0)),
  username,
  domain: 'other.example',
});
