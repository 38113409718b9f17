/** What a played Mastodon server knows, and how it shows it. */

export interface PlayedAccount {
  readonly id: string;
  readonly username: string;
  /** Null: of this server itself. */
  readonly domain: string | null;
}

export interface PlayedStatus {
  readonly id: string;
  readonly uri: string;
  readonly account: PlayedAccount;
  /** As it was typed. */
  text: string;
  /** As it is shown, where the server understands formatting. */
  shownText?: string;
  readonly inReplyToId: string | null;
  readonly visibility: string;
  readonly spoilerText: string;
  readonly createdAt: number;
  editedAt: number | null;
  readonly tags: readonly string[];
  readonly mediaIds: readonly string[];
  /** It is sent without its author. */
  isSpoiled: boolean;
}

export const domain = 'social.example';
export const brand: PlayedAccount = { id: '7', username: 'brand', domain: null };

export const acctOf = ({ username, domain: of }: PlayedAccount): string =>
  of === null ? username : `${username}@${of}`;
const profileOf = ({ username, domain: of }: PlayedAccount): string => `https://${of ?? domain}/@${username}`;

export function wireAccount(account: PlayedAccount): object {
  return {
    id: account.id,
    username: account.username,
    acct: acctOf(account),
    display_name: account.username.toUpperCase(),
    url: profileOf(account),
    avatar_static: 'https://files.example/a.png',
    bot: false,
    locked: false,
  };
}

export function wireStatus(status: PlayedStatus): Record<string, unknown> {
  const { account, isSpoiled } = status;
  return {
    id: status.id,
    uri: status.uri,
    url: `${profileOf(account)}/${status.uri.split('/').at(-1)}`,
    created_at: new Date(status.createdAt).toISOString(),
    edited_at: status.editedAt === null ? null : new Date(status.editedAt).toISOString(),
    content: htmlOf(status),
    spoiler_text: status.spoilerText,
    sensitive: status.spoilerText !== '',
    visibility: status.visibility,
    language: 'en',
    in_reply_to_id: status.inReplyToId,
    in_reply_to_account_id: null,
    reblog: null,
    media_attachments: status.mediaIds.map((id) => ({
      id,
      type: 'image',
      url: `https://files.example/${id}.png`,
      preview_url: null,
      remote_url: null,
      description: null,
    })),
    mentions: [],
    tags: status.tags.map((name) => ({ name, url: `https://${domain}/tags/${name}` })),
    emojis: [],
    ...(isSpoiled ? {} : { account: wireAccount(account) }),
  };
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Mentions lose their server, addresses are cut for the eye, paragraphs and lines become elements. */
function htmlOf({ text: typed, shownText, tags }: PlayedStatus): string {
  const text = shownText ?? typed;
  const inline = (line: string): string =>
    escaped(line)
      .replaceAll(
        /https?:\/\/([^\s<]+)/g,
        (all, rest: string) =>
          `<a href="${all}" rel="nofollow"><span class="invisible">https://</span><span class="ellipsis">${rest.slice(0, 20)}</span><span class="invisible">${rest.slice(20)}</span></a>`,
      )
      .replaceAll(
        /(^|\s)@([a-z]+)(?:@([a-z.]+))?/g,
        (_all, before: string, name: string, of: string | undefined) =>
          `${before}<span class="h-card"><a href="https://${of ?? domain}/@${name}" class="u-url mention">@<span>${name}</span></a></span>`,
      );
  const written = text
    .split(/\n\n+/)
    .map((paragraph) => `<p>${paragraph.split('\n').map(inline).join('<br>')}</p>`);
  const shown = tags.filter((tag) => !text.toLowerCase().includes(`#${tag}`));
  return [
    ...written,
    ...shown.map(
      (tag) =>
        `<p><a href="https://${domain}/tags/${tag}" class="mention hashtag" rel="tag">#<span>${tag}</span></a></p>`,
    ),
  ].join('');
}

/** Graphemes; every address counts 23, and the server of a mention nothing. */
export function lengthOf(spoilerText: string, text: string): number {
  const counted = (spoilerText + text)
    .replaceAll(/https?:\/\/\S+/g, 'x'.repeat(23))
    .replaceAll(/(@[\w.]+)@[\w.-]+/g, '$1');
  return [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(counted)].length;
}

/** Longer ids are newer; among equally long ones the text decides. */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A page of a list as the server cuts it: always sorted the newest first. */
export function pageOf<Item extends { readonly id: string }>(
  all: readonly Item[],
  query: URLSearchParams,
  most: number,
  usual: number,
): Item[] {
  const limit = Math.min(Number(query.get('limit') ?? usual), most);
  const maximum = query.get('max_id');
  const since = query.get('since_id');
  const minimum = query.get('min_id');
  const sorted = all
    .filter(({ id }) => maximum === null || compareIds(id, maximum) < 0)
    .filter(({ id }) => since === null || compareIds(id, since) > 0)
    .filter(({ id }) => minimum === null || compareIds(id, minimum) > 0)
    .sort((a, b) => compareIds(b.id, a.id));
  // min_id: the page that follows it; everything else: the newest one, whatever is skipped.
  return minimum === null ? sorted.slice(0, limit) : sorted.slice(-limit);
}
