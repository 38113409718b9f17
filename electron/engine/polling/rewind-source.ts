import type { SourceId } from '../../../shared/model/ids.ts';
import type { Connector } from '../connectors/connector.ts';
import { readCursor, saveCursor } from '../store/queries/sources.ts';
import type { WritableStore } from '../store/store.ts';

/** Has the next poll bring everything again that the source still shows: somebody listens now who did not before. */
export function rewindSource(store: WritableStore, connector: Connector, sourceId: SourceId): void {
  const cursor = connector.cursorSchema.safeParse(readCursor(store, sourceId));
  saveCursor(store, sourceId, cursor.success && connector.rewind ? connector.rewind(cursor.data) : null);
}
