import { z } from 'zod';
import { addressSchema } from '../service-fields.ts';

const serverFields = {
  apiUrl: z.union([z.literal('').transform(() => undefined), addressSchema]).optional(),
  allowPrivateNetwork: z.boolean().optional(),
};

/** `stackoverflow`, `https://stackoverflow.com/questions/…`, `unix.stackexchange.com`: as the interface names it. */
export const siteSchema = z
  .string()
  .max(300)
  .transform((text, context) => {
    const typed = text.trim().toLowerCase();
    const host = URL.parse(typed.includes('://') ? typed : `https://${typed}`)?.hostname ?? '';
    const site = siteOfHost(host);
    if (/^[a-z0-9][a-z0-9.-]*$/.test(site)) return site;
    context.addIssue({
      code: 'custom',
      message: 'Enter a site of Stack Exchange, such as stackoverflow or unix.stackexchange.com.',
    });
    return z.NEVER;
  });

function siteOfHost(host: string): string {
  const name = host.replace(/^www\./, '');
  if (name === 'meta.stackexchange.com') return 'meta';
  // The only one whose ending belongs to what the interface calls it.
  if (name.endsWith('mathoverflow.net')) return name;
  return name.replace(/\.(stackexchange\.com|com|net)$/, '');
}

export const settingsSchema = z
  .object({
    what: z.enum(['search', 'tags', 'inbox']).default('search'),
    /** With an account left out: the account's own. */
    site: z.union([z.literal('').transform(() => undefined), siteSchema]).optional(),
    /** Apart by spaces, commas or semicolons. */
    tags: z
      .string()
      .max(500)
      .default('')
      .transform((text) =>
        [
          ...new Set(
            text
              .toLowerCase()
              .split(/[\s,;]+/)
              .filter((tag) => tag !== ''),
          ),
        ].join(' '),
      ),
    key: z
      .string()
      .max(200)
      .optional()
      .transform((text) => text?.trim() || undefined),
    ...serverFields,
  })
  .superRefine(({ what, tags }, context) => {
    const count = tags.split(' ').filter((tag) => tag !== '').length;
    if (what === 'tags' && (count === 0 || count > 5)) {
      context.addIssue({ code: 'custom', path: ['tags'], message: 'Enter one to five tags.' });
    }
  });
export type StackSettings = z.infer<typeof settingsSchema>;

export const accountSettingsSchema = z.object({ site: siteSchema.default('stackoverflow'), ...serverFields });
export type StackAccountSettings = z.infer<typeof accountSettingsSchema>;
