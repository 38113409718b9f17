import { createHash } from 'node:crypto';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { Http, HttpResponse } from '../../ports/http.ts';
import type { FeedsCursor } from './cursor.ts';
import { feedsOfPage } from './discovery.ts';
import { notAFeed } from './feed-parser.ts';
import { hopelessLength, maximumFeedBytes, parseFeed } from './parse-feed.ts';
import type { FeedsSettings } from './settings.ts';
import type { ParsedFeed } from './wire.ts';
import { isGoogleAlert } from './google-alerts.ts';

const accept =
  'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1';

export interface FeedAnswer {
  readonly response: HttpResponse;
  /** Null: what was there has not changed. */
  readonly content: {
    readonly feed: ParsedFeed;
    readonly bodyHash: string;
    /** Why the body ended early, where it did. */
    readonly failure: EarshotError | null;
  } | null;
}

export interface FeedRequest {
  readonly http: Http;
  readonly settings: FeedsSettings;
  readonly signal: AbortSignal;
}

/** Asks for a feed, with validators where there are any, and reads it. */
export async function fetchFeed(
  { http, settings, signal }: FeedRequest,
  known: Pick<FeedsCursor, 'etag' | 'lastModified' | 'bodyHash'> | null,
): Promise<FeedAnswer> {
  const response = await http.send({
    url: settings.url,
    headers: {
      accept,
      ...(known?.etag ? { 'if-none-match': known.etag } : {}),
      ...(known?.lastModified ? { 'if-modified-since': known.lastModified } : {}),
    },
    signal,
    isPathSecret: isGoogleAlert(settings.url),
    allowPrivateNetwork: settings.allowPrivateNetwork ?? false,
    maxBytes: maximumFeedBytes,
  });
  if (response.status === 304) return { response, content: null };
  const contentType = response.headers['content-type'] ?? null;
  const hash = createHash('sha256');
  const start: Uint8Array[] = [];
  let startLength = 0;
  try {
    const { feed, failure } = await parseFeed(response.body, { url: response.url, contentType }, (piece) => {
      hash.update(piece);
      if (startLength < hopelessLength) start.push(piece);
      startLength += piece.length;
    });
    const bodyHash = hash.digest('base64url');
    if (failure === null && bodyHash === known?.bodyHash) return { response, content: null };
    return { response, content: { feed, bodyHash, failure } };
  } catch (error) {
    if (!(error instanceof EarshotError) || error.details['found'] !== 'html') throw error;
    throw notAFeed('html', feedsOfPage(Buffer.concat(start), contentType, response.url));
  } finally {
    response.discard();
  }
}
