import { describe, expect, it } from 'vitest';
import { redditConnector } from '../../../../electron/engine/connectors/reddit/connector.ts';

const read = (subreddits: string) => redditConnector.settingsSchema.safeParse({ what: 'posts', subreddits });

describe('subreddits', () => {
  it.each([
    ['tools webdev', 'tools+webdev'],
    ['r/tools, /r/webdev', 'tools+webdev'],
    ['https://www.reddit.com/r/tools/', 'tools'],
    ['old.reddit.com/r/tools/comments/1abc/a_post/', 'tools'],
  ])('%j are read as %j', (typed, subreddits) => {
    expect(read(typed).data).toMatchObject({ subreddits });
  });

  it.each(['https://evil.example/r/tools', 'r/', 'tools/../../api', 'u/kate'])('%j is none', (typed) => {
    expect(read(typed).error?.issues[0]?.message).toMatch(/is no name of a subreddit|at least one/);
  });
});
