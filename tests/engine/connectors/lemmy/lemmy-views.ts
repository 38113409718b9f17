/** What the stand-in keeps of a post or a comment. */
export interface Item {
  readonly id: number;
  readonly isPost: boolean;
  /** Of a post, its own. */
  readonly postId: number;
  /** `0.1.2`; of a comment. */
  readonly path: string;
  readonly author: string;
  readonly at: number;
  /** In order of arrival. */
  readonly order: number;
  text: string;
  isDeleted: boolean;
  isRemoved: boolean;
  isSpoilt: boolean;
  /** Its post takes no more comments. */
  isLocked: boolean;
  readonly votes: Map<string, number>;
}

export const userName = 'brand';
export const host = 'lemmy.example';

export const addressOf = ({ isPost, id }: Item): string =>
  `https://${host}/${isPost ? 'post' : 'comment'}/${id}`;

/** With microseconds, as the server writes it. */
export const date = (at: number): string => new Date(at).toISOString().replace('Z', '456Z');

/** Posts, comments and people as each generation of the interface shows them. */
export function createLemmyViews({
  generation,
  personId,
  postOf,
}: {
  readonly generation: 3 | 4;
  readonly personId: (name: string) => number;
  readonly postOf: (item: Item) => Item;
}) {
  const person = (name: string): object => ({
    id: personId(name),
    name,
    display_name: name === userName ? 'The Brand' : null,
    [generation === 3 ? 'actor_id' : 'ap_id']: `https://${host}/u/${name}`,
    bot_account: false,
  });
  const postJson = (item: Item): object => ({
    id: item.id,
    name: 'A post',
    body: item.isDeleted || item.isRemoved ? '' : item.text,
    ap_id: addressOf(item),
    [generation === 3 ? 'published' : 'published_at']: date(item.at),
    deleted: item.isDeleted,
    removed: item.isRemoved,
    locked: item.isLocked,
    language_id: 37,
  });
  const view = (item: Item): object => ({
    ...(item.isPost
      ? { post: postJson(item) }
      : {
          comment: {
            id: item.id,
            post_id: item.postId,
            content: item.isDeleted || item.isRemoved ? '' : item.text,
            ap_id: addressOf(item),
            path: item.path,
            [generation === 3 ? 'published' : 'published_at']: date(item.at),
            deleted: item.isDeleted,
            removed: item.isRemoved,
            language_id: 37,
          },
          post: postJson(postOf(item)),
        }),
    ...(item.isSpoilt ? {} : { creator: person(item.author) }),
    community: { id: 7, name: 'tools', title: 'Tools' },
    ...(generation === 3 ? { counts: { score: 1 } } : {}),
  });
  return { person, view };
}
