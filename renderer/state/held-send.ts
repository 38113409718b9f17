import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** What `z` takes back first: the reply that was sent last, while nothing has been decided after it. */
interface HeldSend {
  /** Epoch milliseconds; null: until it has left, whenever that is. */
  readonly until: number | null;
  readonly run: () => void;
}

const heldSendStore = createStore<{ readonly held: HeldSend | null }>(() => ({ held: null }));

export function offerSendUndo(held: HeldSend): void {
  heldSendStore.setState({ held });
}

/** Something else was done since, or it has been taken back: `z` means that again. */
export function withdrawSendUndo(): void {
  heldSendStore.setState({ held: null });
}

/** Takes the send back if that is what was done last; false when `z` means something else. */
export function undoHeldSend(): boolean {
  const { held } = heldSendStore.getState();
  withdrawSendUndo();
  if (held === null || (held.until !== null && held.until <= Date.now())) return false;
  held.run();
  return true;
}

export function useHasHeldSend(): boolean {
  return useStore(heldSendStore, ({ held }) => held !== null);
}
