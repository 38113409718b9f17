import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** What `z` takes back first: what was sent last, while nothing has been decided after it. */
interface HeldSend {
  readonly replyIds: readonly string[];
  /** Epoch milliseconds: it leaves then. */
  readonly until: number;
  /** Puts text, pictures and cursor back where they were; and, when nothing was done since, what was decided with it. */
  readonly run: (isNewestAction: boolean) => void;
}

interface HeldSendState {
  /** By reply: each can be taken back by itself while it is held. */
  readonly held: readonly HeldSend[];
  readonly isNewestAction: boolean;
}

const heldSendStore = createStore<HeldSendState>(() => ({ held: [], isNewestAction: false }));

export function offerSendUndo(send: HeldSend): void {
  const now = Date.now();
  heldSendStore.setState(({ held }) => ({
    held: [...held.filter(({ until }) => until > now), send],
    isNewestAction: true,
  }));
}

/** Something else was done since: `z` means that. */
export function passSendUndo(): void {
  heldSendStore.setState({ isNewestAction: false });
}

/** Takes the last send back if it is what was done last; false when `z` means something else. */
export function undoHeldSend(): boolean {
  const { held, isNewestAction } = heldSendStore.getState();
  const last = held.at(-1);
  return isNewestAction && last !== undefined && take(last);
}

/** Takes the send of this reply back as it was written; false when it is not known how. */
export function undoHeldSendOf(replyId: string): boolean {
  const send = heldSendStore.getState().held.find(({ replyIds }) => replyIds.includes(replyId));
  return send !== undefined && take(send);
}

function take(send: HeldSend): boolean {
  const state = heldSendStore.getState();
  const isNewest = state.isNewestAction && state.held.at(-1) === send;
  heldSendStore.setState(({ held }) => ({
    held: held.filter((other) => other !== send),
    isNewestAction: false,
  }));
  if (send.until <= Date.now()) return false;
  send.run(isNewest);
  return true;
}

export function useHasHeldSend(): boolean {
  return useStore(heldSendStore, ({ held, isNewestAction }) => isNewestAction && held.length > 0);
}
