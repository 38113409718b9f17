export interface RedditThing {
  readonly name: string;
  readonly author: string;
  text: string;
  readonly title: string;
  readonly at: number;
  readonly parent: string | null;
  readonly root: string;
  editedAt: number | null;
  isRemoved: boolean;
  isSpoiled: boolean;
  isLocked: boolean;
  isUnrepliable?: boolean;
}

type Things = ReadonlyMap<string, RedditThing>;

export const subreddit = 'tools';

const escape = (text: string, isRaw: boolean): string =>
  isRaw ? text : text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const permalinkOf = (thing: RedditThing): string =>
  `/r/${subreddit}/comments/${thing.root.slice(3)}/a_post/${thing.parent === null ? '' : `${thing.name.slice(3)}/`}`;
const htmlOf = (text: string): string =>
  `<div class="md"><p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</p>\n</div>`;

/** A thing as the API gives it: without raw_json its text is escaped. */
export function wireOf(things: Things, thing: RedditThing, isRaw: boolean, isInbox = false): object {
  const root = things.get(thing.root);
  const kind = thing.name.slice(0, 2);
  const written = thing.isRemoved ? '[deleted]' : thing.text;
  const data = {
    name: thing.name,
    id: thing.name.slice(3),
    author: thing.isRemoved ? '[deleted]' : thing.author,
    ...(thing.isRemoved ? {} : { author_fullname: `t2_${thing.author}` }),
    ...(thing.isSpoiled ? {} : { created_utc: thing.at / 1000 }),
    edited: thing.editedAt === null ? false : thing.editedAt / 1000,
    subreddit: kind === 't4' ? null : subreddit,
    locked: thing.isLocked,
    archived: false,
    unrepliable_reason: thing.isUnrepliable ? 'NEAR_BLOCKER' : null,
    likes: null,
    score: 1,
  };
  if (kind === 't3') {
    return {
      kind,
      data: {
        ...data,
        title: escape(thing.title, isRaw),
        selftext: escape(written, isRaw),
        selftext_html: written === '' ? null : escape(htmlOf(written), isRaw),
        url: `https://www.reddit.com${permalinkOf(thing)}`,
        is_self: true,
        permalink: permalinkOf(thing),
        removed_by_category: thing.isRemoved ? 'deleted' : null,
      },
    };
  }
  const text = { body: escape(written, isRaw), body_html: escape(htmlOf(written), isRaw) };
  if (kind === 't4') {
    return {
      kind,
      data: {
        ...data,
        ...text,
        subject: 'hello',
        parent_id: thing.parent,
        first_message_name: null,
        replies: '',
      },
    };
  }
  const place = isInbox
    ? { context: `${permalinkOf(thing)}?context=3`, type: 'comment_reply', was_comment: true }
    : { link_id: thing.root, permalink: permalinkOf(thing), replies: '' };
  return {
    kind,
    data: { ...data, ...text, ...place, parent_id: thing.parent, link_title: root?.title ?? '' },
  };
}

/** The same as an entry of a feed. */
export function entryOf(things: Things, thing: RedditThing): string {
  const isPost = thing.parent === null;
  const link = `https://www.reddit.com${permalinkOf(thing)}`;
  const said = `<!-- SC_OFF -->${htmlOf(thing.text)}<!-- SC_ON -->`;
  const below = ` &#32; submitted by &#32; <a href="https://www.reddit.com/user/${thing.author}"> /u/${thing.author} </a> <br/> <span><a href="${link}">[link]</a></span> &#32; <span><a href="${link}">[comments]</a></span>`;
  const content = xml(isPost ? said + below : said);
  const title = isPost ? thing.title : `/u/${thing.author} on ${things.get(thing.root)?.title ?? ''}`;
  const at = new Date(thing.at).toISOString();
  return `<entry><author><name>/u/${thing.author}</name><uri>https://www.reddit.com/user/${thing.author}</uri></author><category term="${subreddit}" label="r/${subreddit}"/><content type="html">${content}</content>${thing.isSpoiled ? '' : `<id>${thing.name}</id>`}<link href="${link}" /><updated>${at}</updated>${isPost ? `<published>${at}</published>` : ''}<title>${xml(title)}</title></entry>`;
}

function xml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
