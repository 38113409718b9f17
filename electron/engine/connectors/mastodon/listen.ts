import { listPages } from './lists.ts';
import { type Context, type MastodonCursor, type Page, startListening } from './listening.ts';
import { recheck, recheckEveryMs } from './recheck.ts';
import { searchPages } from './search.ts';

/** The oldest page that was not given yet comes first, and each moves the cursor past itself alone. */
export async function* poll(context: Context): AsyncGenerator<Page> {
  const listening = startListening(context);
  const { settings } = context;
  let cursor: MastodonCursor = context.cursor ?? {
    newest: null,
    recent: [],
    nextRecheckAt: context.now() + recheckEveryMs,
    searched: {},
  };
  const pages = settings.what === 'search' ? searchPages(listening, cursor) : listPages(listening, cursor);
  for await (const page of pages) {
    cursor = page.cursor;
    yield page;
  }
  const checked = await recheck(listening, cursor);
  if (checked !== null) yield checked;
}
