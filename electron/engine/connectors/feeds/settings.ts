import { z } from 'zod';

export interface FeedsSettings {
  readonly url: string;
  readonly allowPrivateNetwork?: boolean | undefined;
}

const maximumUrlLength = 4_000;

/** `example.org`, `feed://example.org/x` and `https://example.org` all become an address that can be asked. */
export const feedsSettingsSchema: z.ZodType<FeedsSettings> = z.object({
  url: z
    .string({ error: 'Enter the web address of a feed or of a page, such as https://example.org/feed.' })
    .max(maximumUrlLength)
    .transform((text, context) => {
      const url = readAddress(text);
      // Settings are no place for secrets, and there is no vault for them yet.
      if (url !== null && /^https?:\/\/[^/?#]*@/i.test(url)) {
        context.addIssue({
          code: 'custom',
          message: 'Leave name and password out of the address: feeds that ask for them cannot be read yet.',
        });
        return z.NEVER;
      }
      if (url !== null) return url;
      context.addIssue({
        code: 'custom',
        message: 'Enter the web address of a feed or of a page, such as https://example.org/feed.',
      });
      return z.NEVER;
    }),
  allowPrivateNetwork: z.boolean().optional(),
});

function readAddress(text: string): string | null {
  const typed = text
    .trim()
    .replace(/^feed:(\/\/)?(?=https?:\/\/)/i, '')
    .replace(/^feed:\/\//i, 'https://');
  const isBareHost = /^[\p{L}\p{N}][\p{L}\p{N}.-]*(:\d{1,5})?([/?#]|$)/u.test(typed);
  const url = URL.parse(isBareHost ? `${hasName(typed) ? 'https' : 'http'}://${typed}` : typed);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '')
    return null;
  url.hash = '';
  return url.href;
}

/** Machines without a name of their own (localhost, 192.168.1.5) rarely have a certificate either. */
function hasName(address: string): boolean {
  return !/^(localhost|[\d.]+)([:/?#]|$)/i.test(address);
}
