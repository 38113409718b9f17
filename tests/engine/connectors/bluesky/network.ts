import { createHash } from 'node:crypto';

/** A refusal in the platform's own form. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}
export const invalid = (message: string): Refused => new Refused(400, 'InvalidRequest', message);

export type Json = Record<string, unknown>;

export interface Stored {
  readonly uri: string;
  readonly cid: string;
  readonly value: Json;
  /** Epoch milliseconds, by the network's clock. */
  readonly indexedAt: number;
}

export interface Account {
  readonly did: string;
  readonly handle: string;
}

const base32 = 'abcdefghijklmnopqrstuvwxyz234567';
function hashText(text: string, length: number): string {
  const digest = createHash('sha512').update(text).digest();
  return Array.from(digest.subarray(0, length), (byte) => base32[byte % 32]).join('');
}

export const accountOf = (name: string): Account => ({
  did: `did:plc:${hashText(name, 24)}`,
  handle: `${name}.example.com`,
});

/** The same content has the same id. */
export const cidOf = (value: unknown): string => `bafyrei${hashText(canonical(value), 52)}`;

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

const tidPattern = /^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/;
const timePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export interface Network {
  readonly records: Map<string, Stored>;
  readonly blobs: Map<string, { readonly mimeType: string; readonly size: number }>;
  /** Throws Refused. */
  checkRecord(did: string, collection: string, rkey: string, value: unknown): Json;
  store(uri: string, value: Json, indexedAt: number): Stored;
}

/** What the servers of the network keep, and what they and the stricter ones among them refuse. */
export function createNetwork(): Network {
  const records = new Map<string, Stored>();
  const blobs = new Map<string, { mimeType: string; size: number }>();

  function checkRecord(did: string, collection: string, rkey: string, value: unknown): Json {
    if (!tidPattern.test(rkey)) throw invalid(`Invalid record key for ${collection}: not a TID`);
    if (!isObject(value) || value['$type'] !== collection) {
      throw invalid(`Invalid $type: expected ${collection}`);
    }
    const { createdAt } = value;
    if (typeof createdAt !== 'string' || !timePattern.test(createdAt)) {
      throw invalid(`Invalid ${collection} record: Invalid datetime at $.record.createdAt`);
    }
    const checks: Readonly<Record<string, (record: Json) => void>> = {
      'app.bsky.feed.post': (record) => checkPost(record),
      'app.bsky.feed.like': (record) => checkSubject(record['subject']),
      'app.bsky.graph.block': ({ subject }) => {
        if (typeof subject !== 'string' || !subject.startsWith('did:'))
          throw invalid('Invalid did at $.record.subject');
      },
      'app.bsky.feed.threadgate': (record) => checkThreadgate(did, rkey, record),
    };
    const check = checks[collection];
    if (!check) throw invalid(`Unknown collection ${collection}`);
    check(value);
    return value;
  }

  function checkSubject(subject: unknown): void {
    if (!isObject(subject) || records.get(String(subject['uri']))?.cid !== subject['cid']) {
      throw invalid('The subject is not there, or not as it is named');
    }
  }

  function checkThreadgate(did: string, rkey: string, { post, hiddenReplies = [] }: Json): void {
    if (post !== `at://${did}/app.bsky.feed.post/${rkey}`)
      throw invalid('A threadgate stands beside its post');
    if (!Array.isArray(hiddenReplies) || hiddenReplies.length > 300) {
      throw invalid('array too big (maximum 300) at $.record.hiddenReplies');
    }
  }

  function checkPost(record: Json): void {
    const fields = ['$type', 'text', 'createdAt', 'langs', 'facets', 'embed', 'reply'];
    for (const name of Object.keys(record)) {
      if (!fields.includes(name)) throw invalid(`Unknown field $.record.${name}`);
    }
    const { text, langs = [], facets = [], embed, reply } = record;
    if (typeof text !== 'string') throw invalid('Missing required key "text" at $.record');
    if (Buffer.byteLength(text) > 3_000) {
      throw invalid(`string too big (maximum 3000, got ${Buffer.byteLength(text)}) at $.record.text`);
    }
    const graphemes = [...segmenter.segment(text)].length;
    if (graphemes > 300) throw invalid(`grapheme too big (maximum 300, got ${graphemes}) at $.record.text`);
    if (!Array.isArray(langs) || langs.length > 3)
      throw invalid('array too big (maximum 3) at $.record.langs');
    if (!Array.isArray(facets)) throw invalid('Expected array at $.record.facets');
    for (const facet of facets) checkFacet(text, facet);
    if (reply !== undefined) checkReply(reply);
    if (embed !== undefined) checkEmbed(embed);
  }

  function checkReply(reply: unknown): void {
    if (!isObject(reply)) throw invalid('Expected object at $.record.reply');
    const { root, parent } = reply;
    for (const ref of [root, parent]) {
      if (!isObject(ref) || typeof ref['uri'] !== 'string' || typeof ref['cid'] !== 'string') {
        throw invalid('A reply has a root and a parent, each with uri and cid');
      }
    }
    const { uri, cid } = parent as Json;
    const answered = records.get(String(uri));
    // The real one takes answers to what is gone.
    if (!answered) return;
    if (answered.cid !== cid) throw invalid('The parent is not there as it is named');
    const rightRoot = isObject(answered.value['reply'])
      ? answered.value['reply']['root']
      : { uri: answered.uri, cid: answered.cid };
    if (canonical(root) !== canonical(rightRoot)) throw invalid('That is not the root of the thread');
  }

  function checkEmbed(embed: unknown): void {
    if (!isObject(embed) || embed['$type'] !== 'app.bsky.embed.images') throw invalid('Unknown embed');
    const images = embed['images'];
    if (!Array.isArray(images) || images.length < 1 || images.length > 4) {
      throw invalid('array too big (maximum 4) at $.record.embed.images');
    }
    for (const entry of images) {
      if (!isObject(entry) || typeof entry['alt'] !== 'string' || !isObject(entry['image'])) {
        throw invalid('Missing required key at $.record.embed.images');
      }
      const { ref, mimeType, size } = entry['image'];
      const known = blobs.get(isObject(ref) ? String(ref['$link']) : '');
      if (!known) throw new Refused(400, 'BlobNotFound', 'Could not find blob');
      if (known.size > 1_000_000) throw new Refused(400, 'BlobTooLarge', 'Blob too large');
      if (known.mimeType !== mimeType || known.size !== size) throw invalid('Blob is not as it was uploaded');
    }
  }

  return {
    records,
    blobs,
    checkRecord,
    store(uri, value, indexedAt) {
      const stored = { uri, cid: cidOf(value), value, indexedAt };
      records.set(uri, stored);
      return stored;
    },
  };
}

/** Offsets are UTF-8 bytes: what they cut out has to be what the feature says. */
function checkFacet(text: string, facet: unknown): void {
  if (!isObject(facet) || !isObject(facet['index']) || !Array.isArray(facet['features'])) {
    throw invalid('Expected object at $.record.facets');
  }
  const { byteStart, byteEnd } = facet['index'];
  const bytes = Buffer.from(text);
  if (
    typeof byteStart !== 'number' ||
    typeof byteEnd !== 'number' ||
    !(byteStart >= 0 && byteEnd > byteStart)
  ) {
    throw invalid('Invalid byte slice at $.record.facets');
  }
  if (byteEnd > bytes.length) throw invalid('A facet goes beyond the text');
  let inside: string;
  try {
    inside = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(byteStart, byteEnd));
  } catch {
    throw invalid('A facet splits a character');
  }
  for (const feature of facet['features'] as unknown[]) {
    const { $type, did, uri, tag } = isObject(feature) ? feature : {};
    const isRight =
      ($type === 'app.bsky.richtext.facet#mention' &&
        String(did).startsWith('did:') &&
        inside.startsWith('@')) ||
      ($type === 'app.bsky.richtext.facet#link' && typeof uri === 'string' && inside === uri) ||
      ($type === 'app.bsky.richtext.facet#tag' && typeof tag === 'string' && inside === `#${tag}`);
    if (!isRight) throw invalid(`A facet stands at “${inside}”, which is not what it says`);
  }
}
