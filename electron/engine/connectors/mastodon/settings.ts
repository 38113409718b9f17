import { z } from 'zod';

const example = 'Enter the server’s name, such as mastodon.social.';

/** `mastodon.social`, `@me@mastodon.social` and `https://mastodon.social/@me` all become `https://mastodon.social`. */
const serverSchema = z
  .string({ error: example })
  .max(300)
  .transform((text, context) => {
    const origin = readServer(text);
    if (origin !== null) return origin;
    context.addIssue({ code: 'custom', message: example });
    return z.NEVER;
  });

function readServer(text: string): string | null {
  const typed = text.trim().replace(/^@?[^@/\s]+@(?=[^@/]+$)/, '');
  const hasScheme = /^https?:\/\//i.test(typed);
  if (!hasScheme && !/^[\p{L}\p{N}][\p{L}\p{N}.-]*(:\d{1,5})?(\/|$)/u.test(typed)) return null;
  // Machines without a name of their own rarely have a certificate either.
  const scheme = /^(localhost|[\d.]+)([:/]|$)/i.test(typed) ? 'http' : 'https';
  const url = URL.parse(hasScheme ? typed : `${scheme}://${typed}`);
  if (url === null || url.hostname === '' || url.username !== '') return null;
  return url.origin;
}

/** What a form gives for a field that was left empty. */
const emptyIsAbsent = (value: unknown): unknown =>
  typeof value === 'string' && value.trim() === '' ? undefined : value;

export const accountSettingsSchema = z.object({
  /** An origin, without a slash at the end. */
  server: serverSchema,
  allowPrivateNetwork: z.boolean().optional(),
});
export type MastodonAccountSettings = z.infer<typeof accountSettingsSchema>;

export const settingsSchema = z
  .object({
    what: z.enum(['mentions', 'tag', 'search']).default('mentions'),
    /** Without its #. */
    tag: z.preprocess(
      emptyIsAbsent,
      z
        .string()
        .transform((text) => text.trim().replace(/^[#＃]+/, ''))
        .pipe(
          z
            .string()
            .max(200)
            .regex(/^[\p{L}\p{M}\p{N}_·]+$/u, 'A tag is one word of letters and digits, such as earshot.'),
        )
        .optional(),
    ),
    /** For a tag that is read without an account. */
    server: z.preprocess(emptyIsAbsent, serverSchema.optional()),
    allowPrivateNetwork: z.boolean().optional(),
  })
  .superRefine(({ what, tag }, context) => {
    if (what === 'tag' && tag === undefined) {
      context.addIssue({ code: 'custom', path: ['tag'], message: 'Enter the tag to listen to.' });
    }
  });
export type MastodonSettings = z.infer<typeof settingsSchema>;

export const hostOfServer = (server: string): string => new URL(server).hostname;
