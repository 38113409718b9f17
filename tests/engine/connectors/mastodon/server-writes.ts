import type { StandInAnswer, StandInRequest } from '../conformance/stand-in-server.ts';
import { invalid, notFound, ok, type Route } from './server-answers.ts';
import { brand, lengthOf, type PlayedStatus, wireStatus } from './server-state.ts';
import type { MastodonStandIn, Software } from './stand-in.ts';

const hourMs = 60 * 60_000;

interface Rest {
  readonly software: Software;
  readonly serverNow: () => number;
  readonly onStatus: (id: string, answer: (status: PlayedStatus) => StandInAnswer) => StandInAnswer;
}

/** Everything that changes something for others. */
export function writeRoutes(
  standIn: Omit<MastodonStandIn, 'url' | 'requests' | 'failNext' | 'close'>,
  { software, serverNow, onStatus }: Rest,
): readonly Route[] {
  const { statuses } = standIn;
  /** By idempotency key. */
  const remembered = new Map<string, { readonly id: string; readonly at: number }>();

  function onAccount(id: string, act: () => unknown): StandInAnswer {
    if (!statuses.some(({ account }) => account.id === id)) return notFound;
    act();
    return ok({ id, muting: standIn.muted.has(id), blocking: standIn.blocked.has(id) });
  }

  function post(request: StandInRequest): StandInAnswer {
    const key = request.headers['idempotency-key'];
    const before = software === 'mastodon' ? remembered.get(key ?? '') : undefined;
    if (before && serverNow() - before.at < hourMs)
      return onStatus(before.id, (status) => ok(wireStatus(status)));
    const given = request.json() as Record<string, unknown> | undefined;
    if (given === undefined) return { status: 400, body: { error: 'Bad Request' } };
    const text = textIn(given['status']);
    const spoilerText = textIn(given['spoiler_text']);
    const mediaIds = (given['media_ids'] ?? []) as string[];
    const parent = statuses.find(({ id }) => id === given['in_reply_to_id']);
    if (typeof given['in_reply_to_id'] !== 'string' || !parent) {
      return {
        status: 404,
        body: { error: 'The post you are trying to reply to does not appear to exist.' },
      };
    }
    if (text.trim() === '' && mediaIds.length === 0) return invalid('Validation failed: Text can’t be blank');
    if (lengthOf(spoilerText, text) > 500)
      return invalid('Validation failed: Text character limit of 500 exceeded');
    if (mediaIds.some((id) => !standIn.media.some((each) => each.id === id)))
      return invalid('Validation failed: Media not found');
    const visibility = textIn(given['visibility']) || 'public';
    if (!['public', 'unlisted', 'private', 'direct'].includes(visibility))
      return invalid('Visibility is not valid');
    const status = standIn.write({
      text,
      account: brand,
      inReplyToId: parent.id,
      visibility,
      spoilerText,
      mediaIds,
    });
    if (key) remembered.set(key, { id: status.id, at: serverNow() });
    return ok(wireStatus(status));
  }

  return [
    ['POST', /^\/api\/v1\/statuses$/, 'write:statuses', post],
    [
      'DELETE',
      /^\/api\/v1\/statuses\/([^/]+)$/,
      'write:statuses',
      (_request, id) =>
        onStatus(id, (status) => {
          if (status.account !== brand) return notFound;
          standIn.remove(id);
          return ok({ ...wireStatus(status), text: status.text });
        }),
    ],
    [
      'POST',
      /^\/api\/v1\/statuses\/([^/]+)\/(?:un)?favourite$/,
      'write:favourites',
      ({ path }, id) =>
        onStatus(id, (status) => {
          if (path.endsWith('/unfavourite')) standIn.favourites.delete(id);
          else standIn.favourites.add(id);
          return ok(wireStatus(status));
        }),
    ],
    [
      'POST',
      /^\/api\/v1\/accounts\/([^/]+)\/mute$/,
      'write:mutes',
      (_request, id) => onAccount(id, () => standIn.muted.add(id)),
    ],
    [
      'POST',
      /^\/api\/v1\/accounts\/([^/]+)\/block$/,
      'write:blocks',
      (_request, id) => onAccount(id, () => standIn.blocked.add(id)),
    ],
    [
      'POST',
      /^\/api\/v2\/media$/,
      'write:media',
      ({ headers, body }) => {
        const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(headers['content-type'] ?? '')?.[1];
        if (!boundary || !body.toString('latin1').trimEnd().endsWith(`--${boundary}--`))
          return invalid('File can’t be blank');
        const id = String(500 + standIn.media.length);
        standIn.media.push({ id, body: body.toString('latin1') });
        return ok({
          id,
          type: 'image',
          url: `https://files.example/${id}.png`,
          preview_url: null,
          description: null,
        });
      },
    ],
  ];
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');
