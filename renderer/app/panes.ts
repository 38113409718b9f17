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
  '[data-pane=navigation] [aria-current=page]',
  '[data-pane=page] button',
];

/** Gives the focus a place where it has none; who stands anywhere is left in peace. */
export function landFocus(): void {
  if (document.activeElement !== null && document.activeElement !== document.body) return;
  firstLandings
    .map((selector) => document.querySelector<HTMLElement>(selector))
    .find((place) => place?.checkVisibility() === true)
    ?.focus();
}
