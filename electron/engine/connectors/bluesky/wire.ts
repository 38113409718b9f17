import { z } from 'zod';

export const refSchema = z.object({ uri: z.string().min(1), cid: z.string().min(1) });

const instantSchema = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'not a time');

export const facetSchema = z.object({
  /** UTF-8 bytes, end exclusive. */
  index: z.object({ byteStart: z.number().int().nonnegative(), byteEnd: z.number().int().nonnegative() }),
  features: z.array(z.looseObject({ $type: z.string() })),
});
export type Facet = z.infer<typeof facetSchema>;

const blobSchema = z.object({ ref: z.object({ $link: z.string().regex(/^[a-z2-7]{10,200}$/i) }) });
export const imagesSchema = z.object({
  images: z.array(z.object({ alt: z.string().catch(''), image: blobSchema.nullish().catch(null) })),
});
export const externalSchema = z.object({
  external: z.object({
    uri: z.string(),
    title: z.string().catch(''),
    description: z.string().catch(''),
  }),
});
export const quoteSchema = z.object({ record: refSchema });
export const videoSchema = z.object({ alt: z.string() });
export const typedSchema = z.looseObject({ $type: z.string() });

/** A stranger wrote it and the servers pass it on as it is: what is odd within is left out, the text stays. */
export const postRecordSchema = z.object({
  text: z.string(),
  createdAt: instantSchema.nullish().catch(null),
  langs: z.array(z.string()).nullish().catch(null),
  facets: z.array(z.unknown()).nullish().catch(null),
  reply: z.object({ root: refSchema, parent: refSchema }).nullish().catch(null),
  embed: z.unknown().optional(),
});
export type PostRecord = z.infer<typeof postRecordSchema>;

const relationSchema = z.object({
  blockedBy: z.boolean().optional(),
  blocking: z.string().optional(),
  blockingByList: z.unknown().optional(),
});
const authorSchema = z.object({
  did: z.string().regex(/^did:[a-z]+:[\w.:%-]+$/),
  handle: z.string().catch('handle.invalid'),
  displayName: z.string().nullish().catch(null),
  viewer: relationSchema.nullish().catch(null),
});

/** The same fields in searches, feeds, threads and notifications. */
export const postSchema = z.object({
  uri: z.string().regex(/^at:\/\/did:[a-z]+:[\w.:%-]+\/app\.bsky\.feed\.post\/[\w.:~-]{1,512}$/),
  cid: z.string().min(1),
  author: authorSchema,
  record: postRecordSchema,
  indexedAt: instantSchema,
  viewer: z
    .object({ like: z.string().optional(), replyDisabled: z.boolean().optional() })
    .nullish()
    .catch(null),
});
export type Post = z.infer<typeof postSchema>;

const cursor = z.string().min(1).optional();
export const searchAnswerSchema = z.object({ posts: z.array(z.unknown()), cursor });
export const feedAnswerSchema = z.object({
  feed: z.array(
    z
      .looseObject({ post: z.unknown().optional(), reason: z.unknown().optional() })
      .catch({ post: null, reason: null }),
  ),
  cursor,
});
export const notificationsAnswerSchema = z.object({ notifications: z.array(z.unknown()), cursor });
export const notificationSchema = z.object({ reason: z.string(), indexedAt: z.string().catch('') });
export const postsAnswerSchema = z.object({ posts: z.array(z.unknown()) });

/** Whatever stands at a place of a thread; read piece by piece, because threads are deep and strangers write them. */
export const threadNodeSchema = z.object({
  post: z.unknown().optional(),
  parent: z.unknown().optional(),
  replies: z.array(z.unknown()).nullish().catch(null),
  notFound: z.boolean().optional(),
  blocked: z.boolean().optional(),
});
export const threadAnswerSchema = z.object({
  thread: threadNodeSchema,
  threadgate: z
    .object({ record: z.looseObject({ allow: z.array(z.unknown()).optional() }) })
    .nullish()
    .catch(null),
});

export const didDocumentSchema = z.object({
  service: z
    .array(z.object({ id: z.string(), serviceEndpoint: z.unknown().optional() }))
    .nullish()
    .catch(null),
});

/** Of createSession and refreshSession. */
export const sessionSchema = z.object({
  did: z.string().startsWith('did:'),
  handle: z.string(),
  accessJwt: z.string().min(1),
  refreshJwt: z.string().min(1),
  active: z.boolean().optional(),
  status: z.string().optional(),
  didDoc: didDocumentSchema.nullish().catch(null),
});
export const ownSessionSchema = z.object({
  did: z.string().startsWith('did:'),
  handle: z.string(),
  active: z.boolean().optional(),
  status: z.string().optional(),
});
export const profileSchema = z.object({ displayName: z.string().nullish().catch(null) });

export const didAnswerSchema = z.object({ did: z.string().startsWith('did:') });
export const blobAnswerSchema = z.object({ blob: z.looseObject({ $type: z.literal('blob') }) });
export const recordAnswerSchema = z.object({
  uri: z.string(),
  cid: z.string().min(1),
  value: z.looseObject({}),
});
