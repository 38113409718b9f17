import type { StandIn, Written } from '../conformance/stand-in.ts';
import { type StandInAnswer, type StandInRequest, standInServer } from '../conformance/stand-in-server.ts';
import { type Account, accountOf, createNetwork, invalid, isObject, type Json, Refused } from './network.ts';
import { createOauthServer } from './oauth-server.ts';
import { createSessions } from './sessions.ts';
import { createViews, didOf } from './views.ts';

const posts = 'app.bsky.feed.post';
const alphabet = '234567abcdefghijklmnopqrstuvwxyz';
const writes = ['createRecord', 'putRecord', 'deleteRecord'].map((name) => `com.atproto.repo.${name}`);
/** They only prepare, or can be done without. */
const besides = [
  'com.atproto.server.createSession',
  'com.atproto.identity.resolveHandle',
  'com.atproto.repo.uploadBlob',
  'app.bsky.actor.getProfile',
];

export interface BlueskyStandIn extends StandIn {
  readonly url: string;
  readonly brand: Account;
  readonly password: string;
  readonly network: ReturnType<typeof createNetwork>;
  readonly oauth: ReturnType<typeof createOauthServer>;
  readonly muted: Set<string>;
  /** DIDs of those who block the account. */
  readonly blockedBy: Set<string>;
  /** The servers that show posts have not heard of the account yet. */
  isNew: boolean;
  /** As AccountTakedown, AccountDeactivated; null: as it should be. */
  state: string | null;
  publish: (item: Parameters<StandIn['publish']>[0]) => string;
  readonly edit: (uri: string, text: string) => void;
  readonly remove: (uri: string) => void;
  readonly written: () => readonly Written[];
  /** Writes a record as somebody's own client would, with no questions asked. */
  readonly put: (name: string, value: Json, at?: number) => { uri: string; cid: string };
  readonly authorOf: (name: string) => Account;
}

/** One server that keeps the accounts, signs in, and shows posts: Bluesky as one account sees it, and stricter. */
export async function startBluesky(now: () => number): Promise<BlueskyStandIn> {
  const brand = accountOf('brand');
  const password = 'abcd-efgh-ijkl-mnop';
  const accounts = new Map([[brand.did, brand]]);
  const network = createNetwork();
  const { records, blobs } = network;
  const spoiled = new Set<string>();
  const muted = new Set<string>();
  const blockedBy = new Set<string>();
  const serverNow = (): number => now() + self.skewMs;
  const sessions = createSessions(serverNow);
  const oauth = createOauthServer(() => self.url, serverNow);
  const views = createViews(
    network,
    (did) => accounts.get(did)?.handle ?? 'handle.invalid',
    spoiled,
    blockedBy,
  );
  let counter = 0n;

  const nextTid = (at: number): string => {
    counter += 1n;
    let rest = (BigInt(at) * 1000n + counter) << 10n;
    let text = '';
    for (let place = 0; place < 13; place += 1) {
      text = alphabet.charAt(Number(rest & 31n)) + text;
      rest >>= 5n;
    }
    return text;
  };
  const known = (name: string): Account => {
    const account = accountOf(name);
    accounts.set(account.did, account);
    return account;
  };

  /** Throws Refused. Null: as nobody. */
  function viewerOf(request: StandInRequest): Account | null {
    const header = request.headers['authorization'];
    if (header === undefined) return null;
    const account = header.startsWith('DPoP ') ? oauth.authorize(request) : sessions.authorize(header);
    if (self.state !== null) throw new Refused(401, self.state, 'Account has been taken down');
    return account;
  }
  function signedIn(request: StandInRequest): Account {
    const account = viewerOf(request);
    if (!account) throw new Refused(401, 'AuthMissing', 'Authentication Required');
    return account;
  }

  const didDoc = (account: Account): Json => ({
    id: account.did,
    service: [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: self.url }],
  });
  const sessionOf = (account: Account, tokens: Json): Json => ({
    did: account.did,
    handle: account.handle,
    active: true,
    didDoc: didDoc(account),
    ...tokens,
  });
  const noBody = (request: StandInRequest): void => {
    if (request.body.length > 0) throw invalid('A request body was provided when none was expected');
  };

  const procedures: Readonly<Record<string, (request: StandInRequest) => Json>> = {
    'com.atproto.server.createSession': (request) => {
      const { identifier, password: given } = request.json() as Json;
      if (![brand.handle, brand.did].includes(String(identifier)) || given !== password) {
        throw new Refused(401, 'AuthenticationRequired', 'Invalid identifier or password');
      }
      if (self.state !== null) throw new Refused(401, self.state, 'Account has been taken down');
      return sessionOf(brand, sessions.create(brand));
    },
    'com.atproto.server.refreshSession': (request) => {
      noBody(request);
      const { account, ...tokens } = sessions.refresh(request.headers['authorization']);
      return sessionOf(account, tokens);
    },
    'com.atproto.server.deleteSession': (request) => {
      noBody(request);
      sessions.end(request.headers['authorization']);
      return {};
    },
    'com.atproto.repo.uploadBlob': (request) => {
      signedIn(request);
      const mimeType = request.headers['content-type'] ?? '';
      const link = `bafkrei${nextTid(serverNow())}`;
      blobs.set(link, { mimeType, size: request.body.length });
      return { blob: { $type: 'blob', ref: { $link: link }, mimeType, size: request.body.length } };
    },
    'com.atproto.repo.createRecord': (request) => write(request, 'create'),
    'com.atproto.repo.putRecord': (request) => write(request, 'put'),
    'com.atproto.repo.deleteRecord': (request) => {
      const { uri } = placeOf(signedIn(request), request.json());
      records.delete(uri);
      return {};
    },
    'app.bsky.graph.muteActor': (request) => {
      signedIn(request);
      muted.add(String((request.json() as Json)['actor']));
      return {};
    },
  };

  function placeOf(
    account: Account,
    input: unknown,
  ): { uri: string; collection: string; rkey: string; input: Json } {
    if (!isObject(input)) throw invalid('Input must be an object');
    const { repo, collection, rkey } = input;
    if (repo !== account.did) throw new Refused(401, 'AuthenticationRequired', 'Authentication Required');
    if (typeof collection !== 'string' || typeof rkey !== 'string')
      throw invalid('collection and rkey are required');
    return { uri: `at://${account.did}/${collection}/${rkey}`, collection, rkey, input };
  }

  function write(request: StandInRequest, how: 'create' | 'put'): Json {
    const account = signedIn(request);
    const { uri, collection, rkey, input } = placeOf(account, request.json());
    const { record, swapRecord } = input;
    const before = records.get(uri);
    if (how === 'create' && before) throw new Refused(500, 'InternalServerError', 'Internal Server Error');
    const isSame = before !== undefined && JSON.stringify(before.value) === JSON.stringify(record);
    if (isSame) return { uri, cid: before.cid, validationStatus: 'valid' };
    const checked = network.checkRecord(account.did, collection, rkey, record);
    if (swapRecord !== undefined && swapRecord !== (before?.cid ?? null)) {
      throw new Refused(400, 'InvalidSwap', `Record was at ${before?.cid ?? 'null'}`);
    }
    const { cid } = network.store(uri, checked, serverNow());
    return {
      uri,
      cid,
      commit: { cid: `bafyrei${rkey}`, rev: nextTid(serverNow()) },
      validationStatus: 'valid',
    };
  }

  const queries: Readonly<Record<string, (request: StandInRequest) => Json>> = {
    'com.atproto.server.getSession': (request) => {
      const { did, handle } = signedIn(request);
      return { did, handle, active: true, emailConfirmed: true };
    },
    'com.atproto.identity.resolveHandle': ({ url }) => {
      const handle = url.searchParams.get('handle');
      const found = [...accounts.values()].find((account) => account.handle === handle);
      if (!found) throw invalid('Unable to resolve handle');
      return { did: found.did };
    },
    'com.atproto.repo.getRecord': ({ url }) => {
      const { repo, collection, rkey } = Object.fromEntries(url.searchParams);
      const found = records.get(`at://${repo}/${collection}/${rkey}`);
      if (!found) throw new Refused(400, 'RecordNotFound', 'Could not locate record');
      return { uri: found.uri, cid: found.cid, value: found.value };
    },
    'app.bsky.actor.getProfile': (request) => {
      const account = signedIn(request);
      if (self.isNew) throw new Refused(400, 'InvalidRequest', 'Profile not found');
      return { ...account, displayName: 'The Brand' };
    },
    'app.bsky.feed.searchPosts': (request) => {
      if (!viewerOf(request)) throw new Refused(403, 'html', '<html><body>403 Forbidden</body></html>');
      return views.searchPosts(request.url.searchParams);
    },
    'app.bsky.notification.listNotifications': (request) =>
      views.listNotifications(request.url.searchParams, signedIn(request)),
    'app.bsky.feed.getPostThread': (request) =>
      views.getPostThread(request.url.searchParams, viewerOf(request)),
    'app.bsky.feed.getPosts': (request) => views.getPosts(request.url.searchParams, viewerOf(request)),
    'app.bsky.feed.getAuthorFeed': (request) => {
      viewerOf(request);
      return views.getAuthorFeed(request.url.searchParams);
    },
  };

  function answer(request: StandInRequest): StandInAnswer {
    try {
      const own = oauth.answer(request);
      if (own) return stamped(own);
      const [, did] = /^\/directory\/(did:plc:\w+)$/.exec(request.path) ?? [];
      const account = accounts.get(did ?? '');
      if (account) return stamped({ status: 200, body: didDoc(account) });
      const nsid = request.path.replace(/^\/xrpc\//, '');
      const handler = (request.method === 'POST' ? procedures : queries)[nsid];
      if (!handler) throw new Refused(501, 'MethodNotImplemented', 'Method Not Implemented');
      return stamped({ status: 200, body: handler(request) });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { status, code, message, headers } = error;
      if (code === 'html')
        return stamped({ status, headers: { 'content-type': 'text/html' }, body: message });
      const body = request.path.startsWith('/oauth/')
        ? { error: code, error_description: message }
        : { error: code, message };
      return stamped({ status, headers, body });
    }
  }

  const stamped = (given: StandInAnswer): StandInAnswer => ({
    ...given,
    headers: {
      date: new Date(serverNow()).toUTCString(),
      'dpop-nonce': oauth.nonce(),
      'ratelimit-limit': '3000',
      'ratelimit-remaining': '2999',
      'ratelimit-reset': String(Math.ceil(serverNow() / 1000) + 300),
      'ratelimit-policy': '3000;w=300',
      ...given.headers,
    },
  });

  const server = await standInServer({
    kindOf(request) {
      const { path, method } = request;
      const nsid = path.replace(/^\/xrpc\//, '');
      if (nsid === 'com.atproto.server.refreshSession') return 'renewal';
      if (path === '/oauth/token')
        return request.form().get('grant_type') === 'refresh_token' ? 'renewal' : null;
      if (!path.startsWith('/xrpc/') || besides.includes(nsid)) return null;
      return method === 'GET' ? 'read' : writes.includes(nsid) || nsid.startsWith('app.') ? 'write' : null;
    },
    answer,
    refusals: {
      'rate-limited': () =>
        stamped({
          status: 429,
          headers: {
            'retry-after': '60',
            'ratelimit-remaining': '0',
            'ratelimit-reset': String(Math.ceil(serverNow() / 1000) + 60),
          },
          body: { error: 'RateLimitExceeded', message: 'Rate Limit Exceeded' },
        }),
      'missing-permission': () =>
        stamped({
          status: 403,
          body: { error: 'ScopeMissingError', message: 'Missing required scope "repo:app.bsky.feed.post"' },
        }),
      refused: () =>
        stamped({
          status: 400,
          body: {
            error: 'InvalidRequest',
            message: `Invalid ${posts} record: Expected string at $.record.text`,
          },
        }),
    },
    expire() {
      sessions.expire();
      oauth.expire();
    },
    revoke() {
      sessions.revoke();
      oauth.revoke();
    },
  });

  const put: BlueskyStandIn['put'] = (name, value, at = serverNow()) => {
    const { did } = known(name);
    const { uri, cid } = network.store(`at://${did}/${String(value['$type'])}/${nextTid(at)}`, value, at);
    return { uri, cid };
  };

  const self: BlueskyStandIn = {
    skewMs: 0,
    ...server,
    brand,
    password,
    network,
    oauth,
    muted,
    blockedBy,
    isNew: false,
    state: null,
    put,
    authorOf: known,
    publish({ text, author = 'fan', at = serverNow(), inReplyTo, byAccount = false }) {
      const parent = inReplyTo === undefined ? undefined : records.get(inReplyTo);
      const ref = parent && { uri: parent.uri, cid: parent.cid };
      const root = isObject(parent?.value['reply']) ? parent.value['reply']['root'] : ref;
      const name = byAccount ? 'brand' : author;
      const { uri } = put(
        name,
        {
          $type: posts,
          createdAt: new Date(at).toISOString(),
          langs: ['en'],
          ...(byAccount ? { text } : naming(text, brand)),
          ...(ref ? { reply: { root, parent: ref } } : {}),
        },
        at,
      );
      return uri;
    },
    edit(uri, text) {
      const before = records.get(uri);
      if (!before) throw new Error('It is not there.');
      const isOwn = didOf(uri) === brand.did;
      network.store(uri, { ...before.value, ...(isOwn ? { text } : naming(text, brand)) }, before.indexedAt);
    },
    remove: (uri) => void records.delete(uri),
    spoil: (uri) => void spoiled.add(uri),
    written: () =>
      [...records.values()]
        .filter(({ uri, value }) => didOf(uri) === brand.did && value['$type'] === posts)
        .sort((a, b) => a.indexedAt - b.indexedAt)
        .map(({ uri, value }) => {
          const parent = isObject(value['reply']) ? value['reply']['parent'] : null;
          return {
            externalId: uri,
            text: String(value['text']),
            inReplyTo: isObject(parent) ? String(parent['uri']) : null,
          };
        }),
  };
  return self;
}

/** Whoever writes names the account, so that it is told. */
function naming(text: string, { did, handle }: Account): { text: string; facets: Json[] } {
  const start = Buffer.byteLength(`${text} `);
  return {
    text: `${text} @${handle}`,
    facets: [
      {
        index: { byteStart: start, byteEnd: start + Buffer.byteLength(`@${handle}`) },
        features: [{ $type: 'app.bsky.richtext.facet#mention', did }],
      },
    ],
  };
}
