import { createHmac } from 'node:crypto';

export interface Person {
  readonly did: string;
  readonly handle: string;
  readonly password: string;
  readonly accessJwt: string;
}

export interface Post {
  readonly uri: string;
  readonly cid: string;
}

/** What other people, and the host of the server, do there: plain requests of their own. */
export function createPeople(pds: string, adminPassword: string) {
  async function call(nsid: string, json: unknown, authorization?: string): Promise<Record<string, unknown>> {
    const response = await fetch(`${pds}/xrpc/${nsid}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
      body: JSON.stringify(json),
    });
    const body = await response.text();
    if (!response.ok) throw new Error(`${nsid} was answered with ${response.status}: ${body}`);
    return body === '' ? {} : (JSON.parse(body) as Record<string, unknown>);
  }

  return {
    async join(name: string): Promise<Person> {
      const handle = `${name}.test`;
      const password = `main-password-of-${name}`;
      const account = await call('com.atproto.server.createAccount', {
        handle,
        password,
        email: `${name}@example.com`,
      });
      return { did: String(account['did']), handle, password, accessJwt: String(account['accessJwt']) };
    },
    async createAppPassword({ accessJwt }: Person): Promise<string> {
      const made = await call(
        'com.atproto.server.createAppPassword',
        { name: 'Earshot' },
        `Bearer ${accessJwt}`,
      );
      return String(made['password']);
    },
    async write(person: Person, record: Readonly<Record<string, unknown>>): Promise<Post> {
      const written = await call(
        'com.atproto.repo.createRecord',
        {
          repo: person.did,
          collection: 'app.bsky.feed.post',
          record: {
            $type: 'app.bsky.feed.post',
            createdAt: new Date().toISOString(),
            langs: ['en'],
            ...record,
          },
        },
        `Bearer ${person.accessJwt}`,
      );
      return { uri: String(written['uri']), cid: String(written['cid']) };
    },
    async remove(person: Person, { uri }: Post): Promise<void> {
      const [, , repo, collection, rkey] = uri.split('/');
      const place = { repo, collection, rkey };
      await call('com.atproto.repo.deleteRecord', place, `Bearer ${person.accessJwt}`);
    },
    /** Nobody may answer it. */
    async lock(person: Person, { uri }: Post): Promise<void> {
      const $type = 'app.bsky.feed.threadgate';
      const record = { $type, post: uri, allow: [], createdAt: new Date().toISOString() };
      const place = { repo: person.did, collection: $type, rkey: uri.split('/')[4] };
      await call('com.atproto.repo.createRecord', { ...place, record }, `Bearer ${person.accessJwt}`);
    },
    async readRecord(uri: string): Promise<Record<string, unknown> | null> {
      const [, , repo = '', collection = '', rkey = ''] = uri.split('/');
      const query = new URLSearchParams({ repo, collection, rkey });
      const response = await fetch(`${pds}/xrpc/com.atproto.repo.getRecord?${query}`);
      if (!response.ok) return null;
      return ((await response.json()) as { value: Record<string, unknown> }).value;
    },
    async countRecords(did: string, collection: string): Promise<number> {
      const query = new URLSearchParams({ repo: did, collection, limit: '100' });
      const response = await fetch(`${pds}/xrpc/com.atproto.repo.listRecords?${query}`);
      return ((await response.json()) as { records: unknown[] }).records.length;
    },
    async suspend(did: string, isApplied: boolean): Promise<void> {
      await call(
        'com.atproto.admin.updateSubjectStatus',
        {
          subject: { $type: 'com.atproto.admin.defs#repoRef', did },
          takedown: { applied: isApplied, ...(isApplied ? { ref: 'test' } : {}) },
        },
        `Basic ${Buffer.from(`admin:${adminPassword}`).toString('base64')}`,
      );
    },
  };
}

/** The same token as the server would have made it some hours ago. */
export function expiredTwin(token: string, secret: string): string {
  const [head = '', payload = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, number>;
  const past = Math.floor(Date.now() / 1000) - 7_200;
  const aged = Buffer.from(JSON.stringify({ ...claims, iat: past - 7_200, exp: past })).toString('base64url');
  const signature = createHmac('sha256', secret).update(`${head}.${aged}`).digest('base64url');
  return `${head}.${aged}.${signature}`;
}
