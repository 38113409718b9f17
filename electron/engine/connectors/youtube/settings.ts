import { z } from 'zod';
import type { PollContext, PollPage } from '../connector.ts';
import { serverFields } from './api.ts';

/** Names from what was typed or pasted, addresses of pages among it. */
function listOf(pattern: RegExp, what: string) {
  return z
    .string()
    .max(2_000)
    .transform((typed, context) => {
      const parts = typed.split(/[\s,]+/).filter((part) => part !== '');
      const wrong = parts.find((part) => !pattern.test(part));
      if (wrong === undefined) return parts.map((part) => pattern.exec(part)?.[1] ?? '').join(' ');
      context.addIssue({ code: 'custom', message: `“${wrong.slice(0, 100)}” is no ${what}.` });
      return z.NEVER;
    })
    .optional();
}

export const settingsSchema = z
  .object({
    what: z.enum(['uploads', 'comments', 'held', 'videos', 'search']).default('comments'),
    channels: listOf(
      /^(?:https:\/\/(?:www\.)?youtube\.com\/channel\/)?(UC[\w-]{5,40})\/?$/,
      'id of a channel',
    ),
    videos: listOf(
      /^(?:https:\/\/(?:www\.|m\.)?youtube\.com\/(?:watch\?v=|shorts\/)|https:\/\/youtu\.be\/)?([\w-]{11})(?:[?&].*)?$/,
      'id of a video',
    ),
    ...serverFields,
  })
  .superRefine(({ what, channels = '', videos = '' }, context) => {
    if (what === 'uploads' && channels === '') {
      context.addIssue({ code: 'custom', path: ['channels'], message: 'Name at least one channel.' });
    }
    if (what === 'videos' && videos === '') {
      context.addIssue({ code: 'custom', path: ['videos'], message: 'Name at least one video.' });
    }
  });
export type YouTubeSettings = z.infer<typeof settingsSchema>;

export const cursorSchema = z.object({
  /** By list of threads: when the newest of it was written, by YouTube's clock; epoch milliseconds. */
  newest: z.record(z.string(), z.number()),
  /** By thread: how many answers it had. A new answer does not lift an old thread to the top. */
  threads: z.record(z.string(), z.number()),
  /** Comments given last, the newest at the end: looked at again for edits and deletions. */
  recent: z.array(z.object({ id: z.string(), threadId: z.string(), videoId: z.string().nullable() })),
  sweptAt: z.number(),
  /** By video. */
  titles: z.record(z.string(), z.string()),
  /** Videos that a search has found, the newest at the end. */
  found: z.array(z.string()),
});
export type YouTubeCursor = z.infer<typeof cursorSchema>;
export type YouTubePollContext = PollContext<YouTubeSettings, YouTubeCursor>;
export type YouTubePage = PollPage<YouTubeSettings, YouTubeCursor>;
