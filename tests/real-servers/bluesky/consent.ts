import { request } from 'node:http';

interface Page {
  readonly status: number;
  readonly location: string | undefined;
  readonly body: string;
}

/**
 * Presses the buttons of a PDS's own sign-in page, by the requests that the page makes: there is no browser here. Gives
 * the address that the page sends the browser back to.
 */
export async function consent(
  authorizeUrl: string,
  { username, password }: { readonly username: string; readonly password: string },
): Promise<URL> {
  const { origin } = new URL(authorizeUrl);
  const cookies = new Map<string, string>();
  const ask = (url: string, headers: Record<string, string>, json?: unknown): Promise<Page> =>
    new Promise((resolve, reject) => {
      const body = json === undefined ? undefined : JSON.stringify(json);
      const sent = request(
        url,
        {
          method: body === undefined ? 'GET' : 'POST',
          headers: {
            cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
        },
        (response) => {
          for (const cookie of response.headers['set-cookie'] ?? []) {
            const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
            cookies.set(name, value);
          }
          const pieces: Buffer[] = [];
          response.on('data', (piece: Buffer) => pieces.push(piece));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              location: response.headers.location,
              body: Buffer.concat(pieces).toString(),
            }),
          );
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });

  const navigation = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
  await ask(authorizeUrl, { ...navigation, 'sec-fetch-site': 'cross-site' });
  const call = async (name: string, json: unknown): Promise<Record<string, unknown>> => {
    const page = await ask(
      `${origin}/@atproto/oauth-provider/~api/${name}`,
      {
        'x-csrf-token': cookies.get('csrf-token') ?? '',
        origin,
        referer: authorizeUrl,
        'sec-fetch-mode': 'same-origin',
        'sec-fetch-site': 'same-origin',
        'sec-fetch-dest': 'empty',
      },
      json,
    );
    if (page.status >= 300)
      throw new Error(`The page's ${name} was answered with ${page.status}: ${page.body}`);
    return JSON.parse(page.body) as Record<string, unknown>;
  };
  const signedIn = await call('sign-in', { locale: 'en', username, password, remember: true });
  const account = signedIn['account'] as { sub?: string; did?: string } | undefined;
  const consented = await call('consent', {
    did: account?.sub ?? account?.did,
    scope: 'atproto transition:generic',
  });
  const page = await ask(String(consented['url']), {
    ...navigation,
    'sec-fetch-site': 'same-origin',
    referer: authorizeUrl,
  });
  if (page.location === undefined)
    throw new Error(`The page did not lead back: ${page.status} ${page.body.slice(0, 300)}`);
  return new URL(page.location);
}
