import { z } from 'zod';

const message = 'Enter the address of a forum, such as forum.example.org.';

/** `forum.example.org` becomes its address; a forum may lie under a path, and what is copied from a topic is cut off. */
export const serverSchema = z
  .string({ error: message })
  .max(1_000)
  .transform((text, context) => {
    const typed = text.trim();
    const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`);
    const isAddress =
      url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
    if (isAddress && typed !== '' && url.hostname !== '') {
      const path = url.pathname.replace(
        /\/(t|c|u|tag|tags|latest|top|new|categories|search|p)(\/.*|\.\w+)?$/,
        '',
      );
      return `${url.origin}${path}`.replace(/\/+$/, '');
    }
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });

export const settingsSchema = z.object({
  what: z.enum(['posts', 'inbox']).default('posts'),
  /** Not needed with an account: its own forum is asked. */
  server: z.union([z.literal('').transform(() => undefined), serverSchema]).optional(),
  allowPrivateNetwork: z.boolean().optional(),
});
export type DiscourseSettings = z.infer<typeof settingsSchema>;

export const accountSettingsSchema = z.object({
  server: serverSchema,
  allowPrivateNetwork: z.boolean().optional(),
});
export type DiscourseAccountSettings = z.infer<typeof accountSettingsSchema>;
