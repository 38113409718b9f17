import { setImmediate } from 'node:timers/promises';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { createFeedParser, type FeedSource } from './feed-parser.ts';
import type { ParsedFeed } from './wire.ts';

/** Some milliseconds of work; then everything else in the engine has its turn. */
const pieceLength = 32_768;
/** What is no feed is read this far, for whoever wants to know what it is instead. */
export const hopelessLength = 512 * 1024;
/** After decompression; what comes beyond it is not read. */
export const maximumFeedBytes = 10 * 1024 * 1024;

/**
 * Reads a feed's body to its end. A transfer that breaks off or is too long still gives the items that came
 * whole, and says so in `end`; where there are none the transfer's own failure is thrown.
 */
export async function parseFeed(
  body: AsyncIterable<Uint8Array>,
  source: FeedSource,
  onPiece?: (bytes: Uint8Array) => void,
): Promise<{ readonly feed: ParsedFeed; readonly failure: EarshotError | null }> {
  const parser = createFeedParser(source);
  let failure: EarshotError | null = null;
  let length = 0;
  try {
    reading: for await (const chunk of body) {
      for (let start = 0; start < chunk.length; start += pieceLength) {
        const piece = chunk.subarray(start, start + pieceLength);
        length += piece.length;
        if (length > maximumFeedBytes || parser.isFull()) {
          failure = new EarshotError(
            'too-large',
            'The feed is longer than any that Earshot reads to its end.',
            {
              limitBytes: maximumFeedBytes,
            },
          );
          break reading;
        }
        onPiece?.(piece);
        parser.write(piece);
        if (parser.isHopeless() && length >= hopelessLength) break reading;
        await setImmediate();
      }
    }
  } catch (error) {
    if (!(error instanceof EarshotError)) throw error;
    failure = error;
  }
  const how = failure === null ? 'whole' : failure.code === 'too-large' ? 'too-large' : 'cut-off';
  try {
    const feed = parser.end(how);
    if (failure !== null && feed.items.length === 0) throw failure;
    return { feed, failure };
  } catch (error) {
    throw failure ?? error;
  }
}
