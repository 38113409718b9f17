import { hash } from 'node:crypto';
import type { Document } from '../../../shared/model/document.ts';
import { documentText } from '../../../shared/text/document-text.ts';
import type { IncomingMention } from '../connectors/connector.ts';
import { capDocument, cutText } from './cap-document.ts';

const longestText = 200_000;
const longestTitle = 2000;
const longestName = 500;
const longestAddress = 4000;
const longestContext = 100_000;
/** Clocks differ; what lies further ahead is a mistake and would stay on top of every list. */
const futureToleranceMs = 60 * 60 * 1000;

/** An item fit to be stored. */
export interface NormalMention {
  readonly incoming: IncomingMention;
  readonly title: string | null;
  readonly text: string;
  /** Null when the text is all there is to it: no block, or one plain paragraph. */
  readonly document: string | null;
  readonly url: string | null;
  readonly authorName: string;
  readonly authorHandle: string | null;
  readonly authorUrl: string | null;
  readonly publishedAt: number;
  readonly isTimeGuessed: boolean;
  /** Changes when title or content do, and with nothing else. */
  readonly contentHash: Uint8Array;
  /** What its connector needs again, as JSON. */
  readonly context: string | null;
}

/**
 * Null for an item that cannot be told from others or placed, because its key, root or platform is missing, and for
 * one of a shape that no connector should give: the others of its page go on.
 */
export function normaliseMention(incoming: IncomingMention, now: number): NormalMention | null {
  try {
    return normalise(incoming, now);
  } catch {
    return null;
  }
}

function normalise(incoming: IncomingMention, now: number): NormalMention | null {
  if (!isKey(incoming.key) || !isKey(incoming.rootKey) || !isKey(incoming.platform)) return null;
  const title = incoming.title === null ? null : cutText(incoming.title, longestTitle);
  let document = incoming.document;
  let text = documentText(document);
  if (text.length > longestText || document.length > longestText) {
    document = capDocument(document, longestText);
    text = documentText(document);
  }
  if (text.includes('\0')) {
    document = withoutNul(document);
    text = documentText(document);
  }
  const stored = isPlain(document, text) ? null : JSON.stringify(document);
  const hasTime =
    incoming.publishedAt !== null &&
    Number.isFinite(incoming.publishedAt) &&
    // 1970-01-01 and before is how broken clocks and empty fields look.
    incoming.publishedAt > 0 &&
    incoming.publishedAt <= now + futureToleranceMs;
  return {
    // The database keeps no half characters: what it holds for one key must be one key here too.
    incoming: { ...incoming, key: incoming.key.toWellFormed(), rootKey: incoming.rootKey.toWellFormed() },
    title,
    text,
    document: stored,
    url: incoming.url !== null && incoming.url.length <= longestAddress ? incoming.url : null,
    authorName: cutText(incoming.author.name, longestName),
    authorHandle: incoming.author.handle === null ? null : cutText(incoming.author.handle, longestName),
    authorUrl:
      incoming.author.url !== null && incoming.author.url.length <= longestAddress
        ? incoming.author.url
        : null,
    publishedAt: hasTime ? Math.floor(incoming.publishedAt as number) : now,
    isTimeGuessed: !hasTime,
    contentHash: hash('sha1', `${title ?? ''}\0${stored ?? text}`, 'buffer'),
    context: normaliseContext(incoming),
  };
}

/** One of megabytes is an attack; without it the mention can still be read. */
function normaliseContext({ context }: IncomingMention): string | null {
  const json = context === undefined ? null : JSON.stringify(context);
  return json !== null && json.length <= longestContext ? json : null;
}

/** SQL's text functions end at a NUL. What takes its place is as long, so that spans still fit. */
function withoutNul(document: Document): Document {
  return JSON.parse(JSON.stringify(document), (_key, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value,
  ) as Document;
}

/** Keys are the platform's own and short; one of megabytes is an attack on the index. */
function isKey(key: string): boolean {
  return typeof key === 'string' && key.length > 0 && key.length <= 4000;
}

function isPlain(document: Document, text: string): boolean {
  if (document.length === 0) return true;
  const [only] = document;
  if (document.length > 1 || only?.type !== 'paragraph') return false;
  const [child] = only.children;
  return only.children.length === 1 && child?.type === 'text' && child.text === text && text !== '';
}
