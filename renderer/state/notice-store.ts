import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

export interface Notice {
  readonly tone: 'plain' | 'error';
  readonly message: string;
  /** How long it stays; as long as others unless told. */
  readonly durationMs?: number;
  readonly action?: { readonly label: string; readonly shortcut?: string; readonly run: () => void };
}

interface NoticeState {
  /** One at a time: a second action replaces the text. `id` tells two alike apart. */
  readonly notice: (Notice & { readonly id: number }) | null;
}

export const noticeStore = createStore<NoticeState>(() => ({ notice: null }));
let lastId = 0;

/** Says at the bottom left what was just done; answers with the id by which it can be taken away. */
export function showNotice(notice: Notice): number {
  lastId += 1;
  noticeStore.setState({ notice: { ...notice, id: lastId } });
  return lastId;
}

/** Takes the message away; with an id that one alone, not what may have followed it. */
export function dismissNotice(id?: number): void {
  noticeStore.setState(({ notice }) =>
    id === undefined || notice?.id === id ? { notice: null } : { notice },
  );
}

export function useNotice(): NoticeState['notice'] {
  return useStore(noticeStore, (state) => state.notice);
}
