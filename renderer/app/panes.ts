const order = ['navigation', 'list', 'conversation', 'page'] as const;

/** Where the focus lands in a pane, the best first. */
const landings = ['[role=listbox]', '[aria-current=page]', 'section[tabindex="0"]', 'button, a[href], input'];

/** Moves the focus to the next or previous pane that is on screen. */
export function movePane(by: 1 | -1): void {
  const panes = order.flatMap((name) => {
    const pane = document.querySelector<HTMLElement>(`[data-pane="${name}"]`);
    return pane !== null && pane.checkVisibility() ? [pane] : [];
  });
  const at = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(at + by + panes.length) % panes.length];
  if (next === undefined) return;
  const landing = landings
    .map((selector) => next.querySelector<HTMLElement>(selector))
    .find((place) => place !== null);
  landing?.focus();
}

const firstLandings = [
  '[data-pane=list] [role=listbox]',
  '[data-pane=page] main[tabindex]',
  '[data-pane=navigation] [aria-current=page]',
  '[data-pane=page] button',
];

/** Where text is written or read: pressing a key there works no button. */
const safeLandings = ['textarea', '[role=listbox]', 'section[tabindex="0"]', 'main[tabindex]'];

/**
 * Gives the focus a place where it has none; who stands anywhere is left in peace. `around`: what is left around the
 * place that it had, the nearest first.
 */
export function landFocus(around: readonly Element[] = []): void {
  if (document.activeElement !== null && document.activeElement !== document.body) return;
  for (const element of around) {
    if (element === document.body) break;
    const place = safeLandings
      .map((selector) => (element.matches(selector) ? element : element.querySelector(selector)))
      .find((found) => found?.checkVisibility() === true);
    if (!(place instanceof HTMLElement)) continue;
    place.focus();
    return;
  }
  firstLandings
    .map((selector) => document.querySelector<HTMLElement>(selector))
    .find((place) => place?.checkVisibility() === true)
    ?.focus();
}
