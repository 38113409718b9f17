import { createHash } from 'node:crypto';
import { invalid, ok, type Route } from './server-answers.ts';

export interface PlayedOAuth {
  readonly routes: readonly Route[];
  /** Scopes by token. */
  readonly tokens: Map<string, string[]>;
  /** The page on which the user allows an app: gives the address that it leads back to. */
  authorize(url: URL): string;
}

/** Apps that were registered, codes for one use, and tokens that never end. */
export function createOAuth(): PlayedOAuth {
  const apps: { id: string; secret: string; redirectUri: string; scopes: string[] }[] = [];
  const codes = new Map<string, { app: string; redirectUri: string; challenge: string; scope: string }>();
  const tokens = new Map<string, string[]>();

  function authorize(url: URL): string {
    const query = url.searchParams;
    const app = apps.find(({ id }) => id === query.get('client_id'));
    const redirectUri = query.get('redirect_uri') ?? '';
    const scope = query.get('scope') ?? 'read';
    if (!app) throw new Error('Client authentication failed due to unknown client.');
    if (redirectUri !== app.redirectUri) throw new Error('The redirect uri included is not valid.');
    if (scope.split(' ').some((each) => !app.scopes.includes(each))) throw new Error('The scope is invalid.');
    if (query.get('response_type') !== 'code') throw new Error('This response type is not supported.');
    if (query.get('code_challenge_method') !== 'S256')
      throw new Error('The code challenge method must be S256.');
    const code = `code-${codes.size}-for-one-use`;
    codes.set(code, { app: app.id, redirectUri, challenge: query.get('code_challenge') ?? '', scope });
    const back = new URL(redirectUri);
    back.searchParams.set('code', code);
    back.searchParams.set('state', query.get('state') ?? '');
    return back.href;
  }

  const routes: readonly Route[] = [
    [
      'POST',
      /^\/api\/v1\/apps$/,
      null,
      ({ form }) => {
        const fields = form();
        const app = {
          id: `client-${apps.length}`,
          secret: `client-secret-${apps.length}-0123456789`,
          redirectUri: fields.get('redirect_uris') ?? '',
          scopes: (fields.get('scopes') ?? 'read').split(' '),
        };
        if (!fields.get('client_name') || !/^(https?:|urn:)/.test(app.redirectUri)) {
          return invalid('Redirect URI must be an absolute URI.');
        }
        apps.push(app);
        return ok({ client_id: app.id, client_secret: app.secret, client_secret_expires_at: 0 });
      },
    ],
    [
      'POST',
      /^\/oauth\/token$/,
      null,
      ({ form }) => {
        const fields = form();
        const code = codes.get(fields.get('code') ?? '');
        const app = apps.find(({ id }) => id === fields.get('client_id'));
        if (!app || app.secret !== fields.get('client_secret')) {
          return {
            status: 401,
            body: { error: 'invalid_client', error_description: 'Client authentication failed.' },
          };
        }
        const verifier = createHash('sha256')
          .update(fields.get('code_verifier') ?? '')
          .digest('base64url');
        const isGood =
          fields.get('grant_type') === 'authorization_code' &&
          code?.app === app.id &&
          code.redirectUri === fields.get('redirect_uri') &&
          code.challenge === verifier;
        if (!isGood) {
          return {
            status: 400,
            body: { error: 'invalid_grant', error_description: 'The grant is invalid.' },
          };
        }
        codes.delete(fields.get('code') ?? '');
        const made = `token-by-code-${tokens.size}-0123456789`;
        tokens.set(made, code.scope.split(' '));
        return ok({ access_token: made, token_type: 'Bearer', scope: code.scope, created_at: 1 });
      },
    ],
    [
      'POST',
      /^\/oauth\/revoke$/,
      null,
      ({ form }) => {
        const fields = form();
        const app = apps.find(
          ({ id, secret }) => id === fields.get('client_id') && secret === fields.get('client_secret'),
        );
        if (!app)
          return {
            status: 403,
            body: {
              error: 'unauthorized_client',
              error_description: 'You are not authorized to revoke this token',
            },
          };
        tokens.delete(fields.get('token') ?? '');
        return ok({});
      },
    ],
  ];
  return { routes, tokens, authorize };
}
