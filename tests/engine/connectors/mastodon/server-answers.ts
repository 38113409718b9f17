import type { StandInAnswer, StandInRequest } from '../conformance/stand-in-server.ts';
import { domain, type PlayedStatus, wireStatus } from './server-state.ts';

export type Handle = (request: StandInRequest, id: string) => StandInAnswer;

/** `scope`: null where nobody has to be signed in and tokens are not looked at, 'public' where they are if given, '' any. */
export type Route = readonly [method: string, path: RegExp, scope: string | null, handle: Handle];

export const ok = (body: unknown): StandInAnswer => ({ status: 200, body });
export const invalid = (error: string): StandInAnswer => ({ status: 422, body: { error } });
export const notFound: StandInAnswer = { status: 404, body: { error: 'Record not found' } };
export const noToken: StandInAnswer = { status: 401, body: { error: 'The access token is invalid' } };
export const outsideScopes: StandInAnswer = {
  status: 403,
  body: { error: 'This action is outside the authorized scopes' },
};

/** The real one would look past a name that it does not know, and so past a mistake in it. */
export function unknownParameter(url: URL, known: readonly string[]): StandInAnswer | null {
  const unknown = [...url.searchParams.keys()].find((name) => !known.includes(name));
  return unknown === undefined ? null : { status: 400, body: { error: `Unknown parameter ${unknown}` } };
}

export function withLinks(
  url: URL,
  page: readonly { readonly id: string }[],
  answer: StandInAnswer,
): StandInAnswer {
  const [first, last] = [page[0], page.at(-1)];
  if (!first || !last) return answer;
  const link = (name: string, id: string, relation: string): string =>
    `<https://${domain}${url.pathname}?${name}=${encodeURIComponent(id)}>; rel="${relation}"`;
  return {
    ...answer,
    headers: { link: `${link('max_id', last.id, 'next')}, ${link('min_id', first.id, 'prev')}` },
  };
}

/** Words that must all be there, a phrase, `after:` a day; or the address of one post. */
export function search(statuses: readonly PlayedStatus[], query: URLSearchParams): readonly PlayedStatus[] {
  const asked = query.get('q') ?? '';
  if (/^https?:/.test(asked)) {
    const exact = statuses.filter((each) => each.uri === asked || wireStatus(each)['url'] === asked);
    return query.get('resolve') === 'true' ? exact : [];
  }
  const after = /\bafter:(\S+)/.exec(asked)?.[1];
  const words = asked.replace(/\bafter:\S+/, '').match(/"[^"]*"|\S+/g) ?? [];
  const found = statuses
    .filter(({ visibility }) => visibility === 'public')
    .filter(({ createdAt }) => after === undefined || new Date(createdAt).toISOString().slice(0, 10) > after)
    .filter(({ text }) =>
      words.every((word) => text.toLowerCase().includes(word.replaceAll('"', '').toLowerCase())),
    );
  const offset = Number(query.get('offset') ?? 0);
  return found.toReversed().slice(offset, offset + Math.min(Number(query.get('limit') ?? 20), 40));
}

export function above(statuses: readonly PlayedStatus[], { inReplyToId }: PlayedStatus): PlayedStatus[] {
  const parent = statuses.find(({ id }) => id === inReplyToId);
  return parent ? [...above(statuses, parent), parent] : [];
}

export function below(statuses: readonly PlayedStatus[], { id }: PlayedStatus): PlayedStatus[] {
  return statuses
    .filter(({ inReplyToId }) => inReplyToId === id)
    .flatMap((each) => [each, ...below(statuses, each)]);
}
