import { z } from 'zod';
import type { Block, Document } from '../../../../shared/model/document.ts';
import { documentText } from '../../../../shared/text/document-text.ts';
import type { IncomingMention, SentReply } from '../connector.ts';
import { singleLine } from '../text/clean-text.ts';
import { htmlToDocument } from '../text/html-to-document.ts';
import { absoluteUrl } from '../text/normalize-url.ts';
import { parseDate } from '../text/parse-date.ts';
import { hostOfServer } from './settings.ts';
import type { MastodonAccount, MastodonStatus } from './wire.ts';

export const platform = 'mastodon';

/** What a mention keeps for being answered. Its ids hold on `server` alone. */
export const contextSchema = z.object({
  server: z.string(),
  id: z.string(),
  accountId: z.string(),
  uri: z.string(),
  url: z.string().nullable(),
  /** Of our own reply: whom it was written to, so that the next part reaches them too. */
  addressed: z.array(z.string()).optional(),
});
export type MastodonContext = z.infer<typeof contextSchema>;

/** Where a status stands, as far as is known. */
export interface Thread {
  readonly rootKey: string;
  readonly parentKey: string | null;
}

/** Its profile's address: the same whichever server tells of it. */
export function authorKeyOf({ url }: MastodonAccount): string {
  return url;
}

/** `name@server`; the server that was asked leaves its own name out. */
export function handleOf({ acct, url }: MastodonAccount, server: string): string {
  if (acct.includes('@')) return acct;
  return `${acct}@${URL.parse(url)?.host ?? hostOfServer(server)}`;
}

export function mentionOf(status: MastodonStatus, server: string, thread: Thread): IncomingMention {
  const { account, visibility } = status;
  const url = absoluteUrl(status.url ?? status.uri, null);
  const context: MastodonContext = {
    server,
    id: status.id,
    accountId: account.id,
    uri: status.uri,
    url,
  };
  return {
    key: status.uri,
    externalId: status.id,
    platform,
    kind: visibility === 'direct' ? 'message' : status.in_reply_to_id ? 'comment' : 'post',
    title: null,
    document: documentOf(status),
    url,
    author: {
      key: authorKeyOf(account),
      name: singleLine(account.display_name ?? '') || account.username,
      handle: handleOf(account, server),
      url: absoluteUrl(account.url, null),
    },
    publishedAt: parseDate(status.created_at),
    rootKey: thread.rootKey,
    parentKey: thread.parentKey,
    conversationTitle: null,
    language: /^[a-z]{2,3}(?=$|[-_])/i.exec(status.language ?? '')?.[0].toLowerCase() ?? null,
    isPrivate: visibility !== 'public' && visibility !== 'unlisted',
    context,
  };
}

/** A status as its own root; what stands above it is not known or not there. */
export const asRoot = ({ uri }: MastodonStatus): Thread => ({ rootKey: uri, parentKey: null });

/** By the statuses above it, the topmost first. */
export function threadUnder(ancestors: readonly MastodonStatus[], status: MastodonStatus): Thread {
  const parent = ancestors.find(({ id }) => id === status.in_reply_to_id);
  return { rootKey: ancestors[0]?.uri ?? status.uri, parentKey: parent?.uri ?? null };
}

function documentOf(status: MastodonStatus): Document {
  const warning = singleLine(status.spoiler_text ?? '');
  const options = status.poll?.options ?? [];
  return [
    ...(warning === ''
      ? []
      : [paragraph({ type: 'strong', children: [{ type: 'text', text: warning }] } as const)]),
    ...htmlToDocument(status.content, status.url ?? status.uri),
    ...(options.length === 0
      ? []
      : [
          {
            type: 'list',
            ordered: false,
            items: options.map(({ title }) => [paragraph({ type: 'text', text: singleLine(title) })]),
          } as const,
        ]),
    ...(status.media_attachments ?? []).flatMap(mediaBlock),
  ];
}

function mediaBlock(media: NonNullable<MastodonStatus['media_attachments']>[number]): Block[] {
  const href = absoluteUrl(media.url ?? media.remote_url ?? media.preview_url, null);
  if (href === null) return [];
  const alt = singleLine(media.description ?? '');
  if (media.type === 'image') return [paragraph({ type: 'image', src: href, alt })];
  return [paragraph({ type: 'link', href, children: [{ type: 'text', text: alt || href }] })];
}

function paragraph(
  child: Extract<Block, { type: 'paragraph' }>['children'][number],
): Extract<Block, { type: 'paragraph' }> {
  return { type: 'paragraph', children: [child] };
}

/** Ours, just posted or found again. */
export function sentReplyOf(status: MastodonStatus, server: string, addressed: readonly string[]): SentReply {
  const url = absoluteUrl(status.url ?? status.uri, null);
  const context: MastodonContext = {
    server,
    id: status.id,
    accountId: status.account.id,
    uri: status.uri,
    url,
    addressed: [...addressed],
  };
  return { externalId: status.id, key: status.uri, url, context };
}

/**
 * An answer reaches no more people than what it answers. `unlisted` is as open as `public` and keeps out of the
 * timelines, as is the custom for answers. What is not known (kinds of other servers) goes to the addressed alone.
 */
export function visibilityOfReply(visibility: string): 'unlisted' | 'private' | 'direct' {
  if (visibility === 'public' || visibility === 'unlisted') return 'unlisted';
  return visibility === 'private' ? 'private' : 'direct';
}

/** The server notifies nobody who is not named in the text itself. */
export function withMentions(text: string, handles: readonly string[]): string {
  const missing = handles.filter((handle) => {
    const name = handle.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    return !new RegExp(`(^|[^\\p{L}\\p{N}_/@])@${name}(?![\\p{L}\\p{N}_@-]|\\.[\\p{L}\\p{N}])`, 'iu').test(
      text,
    );
  });
  return [...missing.map((handle) => `@${handle}`), text].join(' ');
}

/** One spelling for a text and for the HTML that the server makes of it, where mentions lose their server. */
export function comparableText(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/(@[\p{L}\p{N}_.-]+)@[\p{L}\p{N}.:-]+/gu, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

export function comparableContent(status: MastodonStatus): string {
  return comparableText(documentText(htmlToDocument(status.content, status.url ?? status.uri)));
}
