import { z } from 'zod';

/**
 * What a post looks like once it is inside Earshot: no markup, only the few shapes below. The renderer draws
 * each as an element, so nothing that a stranger wrote can become HTML or script.
 */
export type Inline =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'break' }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'emphasis' | 'strong'; readonly children: readonly Inline[] }
  /** `href` is an absolute http, https or mailto address. */
  | { readonly type: 'link'; readonly href: string; readonly children: readonly Inline[] }
  /** A reference only: the picture is never fetched by the page. `src` is an absolute http or https address. */
  | { readonly type: 'image'; readonly src: string; readonly alt: string };

export type Block =
  | { readonly type: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly type: 'heading'; readonly level: number; readonly children: readonly Inline[] }
  | { readonly type: 'quote'; readonly children: readonly Block[] }
  | { readonly type: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Block[])[] }
  | { readonly type: 'code'; readonly text: string };

export type Document = readonly Block[];

const linkTarget = z.string().regex(/^(https?:\/\/|mailto:)/i);

export const inlineSchema: z.ZodType<Inline> = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('text'), text: z.string() }),
    z.object({ type: z.literal('break') }),
    z.object({ type: z.literal('code'), text: z.string() }),
    z.object({ type: z.enum(['emphasis', 'strong']), children: z.array(inlineSchema) }),
    z.object({ type: z.literal('link'), href: linkTarget, children: z.array(inlineSchema) }),
    z.object({ type: z.literal('image'), src: z.string().regex(/^https?:\/\//i), alt: z.string() }),
  ]),
);

export const blockSchema: z.ZodType<Block> = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('paragraph'), children: z.array(inlineSchema) }),
    z.object({
      type: z.literal('heading'),
      level: z.number().int().min(1).max(6),
      children: z.array(inlineSchema),
    }),
    z.object({ type: z.literal('quote'), children: z.array(blockSchema) }),
    z.object({ type: z.literal('list'), ordered: z.boolean(), items: z.array(z.array(blockSchema)) }),
    z.object({ type: z.literal('code'), text: z.string() }),
  ]),
);

export const documentSchema = z.array(blockSchema);
