/** What the stand-in keeps of a post. */
export interface Post {
  readonly id: number;
  readonly topicId: number;
  readonly number: number;
  readonly replyTo: number | null;
  readonly author: string;
  readonly at: number;
  raw: string;
  version: number;
  isDeleted: boolean;
  isSpoilt: boolean;
  type: number;
  isHidden: boolean;
  isLiked: boolean;
}

export const userName = 'Brand';

/** As the forum shows it. */
export const postJson = (post: Post, { hasRaw = false, hasTitle = false } = {}): object => ({
  id: post.id,
  username: post.author,
  name: post.author === userName ? 'The Brand' : '',
  created_at: new Date(post.at).toISOString(),
  updated_at: new Date(post.at + post.version * 1_000).toISOString(),
  ...(post.isSpoilt ? {} : { cooked: `<p>${post.raw.replaceAll('<', '&lt;')}</p>` }),
  ...(hasRaw ? { raw: post.raw } : {}),
  post_number: post.number,
  post_type: post.type,
  reply_to_post_number: post.replyTo,
  topic_id: post.topicId,
  topic_slug: 'tool-talk',
  ...(hasTitle ? { topic_title: 'Tool talk' } : {}),
  version: post.version,
  hidden: post.isHidden,
  user_deleted: false,
  deleted_at: null,
  actions_summary: [{ id: 2, ...(post.isLiked ? { acted: true } : { can_act: true }) }],
});
