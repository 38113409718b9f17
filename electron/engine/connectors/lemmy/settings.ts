import { z } from 'zod';

const message = 'Enter the address of a Lemmy server, such as lemmy.world.';

/** `lemmy.world`, with or without https:// and a path, becomes the origin that is asked. */
export const serverSchema = z
  .string({ error: message })
  .max(500)
  .transform((text, context) => {
    const typed = text.trim();
    const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`);
    const isAddress =
      url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
    if (isAddress && typed !== '' && url.hostname !== '') return url.origin;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });

export const settingsSchema = z
  .object({
    what: z.enum(['search', 'community', 'inbox']).default('search'),
    /** Not needed with an account: its own server is asked. */
    server: z.union([z.literal('').transform(() => undefined), serverSchema]).optional(),
    /** `!name@server`, its address, or a bare name. */
    community: z
      .string()
      .max(300)
      .optional()
      .transform((text) => communityName(text ?? '') || undefined),
    allowPrivateNetwork: z.boolean().optional(),
  })
  .superRefine(({ what, community }, context) => {
    if (what === 'community' && community === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['community'],
        message: 'Enter a community, such as tools@lemmy.world.',
      });
    }
  });
export type LemmySettings = z.infer<typeof settingsSchema>;

/** `!tools@lemmy.world`, `https://lemmy.world/c/tools` and `/c/tools@lemmy.world` all mean `tools@lemmy.world`. */
export function communityName(text: string): string {
  const typed = text.trim();
  const url = /^https?:\/\//i.test(typed) ? URL.parse(typed) : null;
  const name = (url?.pathname ?? typed)
    .replace(/^\/?c\//, '')
    .replace(/^!/, '')
    .replace(/\/+$/, '');
  return url !== null && name !== '' && !name.includes('@') ? `${name}@${url.host}` : name;
}
