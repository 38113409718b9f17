import { EarshotError, type FailureCode } from '../../../shared/contract/errors.ts';

/** What says that a place is not there, or not for this account. */
const closedCodes: ReadonlySet<FailureCode> = new Set(['not-found', 'gone', 'forbidden']);

/**
 * Several places of one source, one after the other. One that is gone or closed becomes a warning, so that it does not
 * silence those behind it; where all of them are, it is the failure.
 */
export async function* eachInTurn<Place, Page>(
  places: readonly Place[],
  read: (place: Place) => AsyncIterable<Page>,
  pageWith: (warning: EarshotError) => Page,
): AsyncGenerator<Page> {
  const closed: EarshotError[] = [];
  for (const place of places) {
    try {
      yield* read(place);
    } catch (error) {
      if (!(error instanceof EarshotError) || !closedCodes.has(error.code)) throw error;
      closed.push(error);
    }
  }
  const [first] = closed;
  if (first === undefined) return;
  if (closed.length === places.length) throw first;
  yield pageWith(first);
}
