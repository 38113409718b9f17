import { z } from 'zod';
import type { PollContext, PollPage } from '../connector.ts';
import { serverFields } from './api.ts';

export const settingsSchema = z
  .object({
    what: z.enum(['search', 'repository', 'discussions', 'inbox']).default('search'),
    repositories: z
      .string()
      .max(2_000)
      .transform((typed, context) => {
        const names = typed
          .split(/[\s,]+/)
          .map((name) => name.replace(/^https:\/\/github\.com\//, '').replace(/\/+$/, ''))
          .filter((name) => name !== '');
        const wrong = names.find((name) => !/^[\w.-]+\/[\w.-]+$/.test(name));
        if (wrong === undefined) return names.join(' ');
        context.addIssue({
          code: 'custom',
          message: `“${wrong}” is no repository: write it as owner/name.`,
        });
        return z.NEVER;
      })
      .optional(),
    leavesBotsOut: z.boolean().optional(),
    ...serverFields,
  })
  .superRefine(({ what, repositories = '' }, context) => {
    if (what === 'repository' && repositories === '') {
      context.addIssue({ code: 'custom', path: ['repositories'], message: 'Name at least one repository.' });
    }
  });
export type GitHubSettings = z.infer<typeof settingsSchema>;

export const cursorSchema = z.object({
  /** By stream: when the newest item given was last changed, by GitHub's clock; epoch milliseconds. */
  newest: z.record(z.string(), z.number()),
  /** By node id: how it stood when it was last read. */
  seen: z.record(z.string(), z.number()),
  /** Node ids of what was given last, the newest at the end: looked at again for deletions. */
  recent: z.array(z.string()),
  /** By search that could not read everything at once: from where the comments of what is left are to be read. */
  unfinished: z.record(z.string(), z.number()).default({}),
  /** By search: when it was made last, by our clock. */
  askedAt: z.record(z.string(), z.number()).default({}),
  lookedAt: z.number(),
  /** Of the notifications, verbatim. */
  lastModified: z.string().nullable(),
});
export type GitHubCursor = z.infer<typeof cursorSchema>;
export type GitHubPollContext = PollContext<GitHubSettings, GitHubCursor>;
export type GitHubPage = PollPage<GitHubSettings, GitHubCursor>;
