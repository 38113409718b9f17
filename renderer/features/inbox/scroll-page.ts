/** What of the former page stays in sight, so that the reader finds the line again. */
const overlapPixels = 56;

/** Scrolls on by a page; false when the end was already in sight. */
export function advanceInto(body: HTMLElement | null): boolean {
  if (body === null || body.scrollTop + body.clientHeight >= body.scrollHeight - 2) return false;
  body.scrollBy({ top: body.clientHeight - overlapPixels });
  return true;
}
