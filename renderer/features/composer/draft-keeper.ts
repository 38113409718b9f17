import type { AccountId, ConversationId, MentionId } from '../../../shared/model/ids.ts';
import type { Attachment, Draft } from '../../../shared/model/reply.ts';

/** So long after the last key a draft is saved. */
export const saveAfterMs = 300;
/** A draft that could not be saved is tried again so much later; typing or a new connection try it at once. */
const retryAfterMs = 5000;

/** What is being written in one conversation. */
export interface LocalDraft {
  readonly text: string;
  /** UTF-16 units. */
  readonly selectionStart: number;
  readonly accountId: AccountId | null;
  readonly inReplyToMentionId: MentionId | null;
  readonly attachments: readonly Attachment[];
}

export const emptyDraft: LocalDraft = {
  text: '',
  selectionStart: 0,
  accountId: null,
  inReplyToMentionId: null,
  attachments: [],
};

export function isEmptyDraft(draft: Pick<LocalDraft, 'text' | 'attachments'>): boolean {
  return draft.text.trim() === '' && draft.attachments.length === 0;
}

export interface DraftKeeper {
  /** The same object until it changes. */
  readonly get: (conversationId: ConversationId) => LocalDraft | undefined;
  readonly saveState: (conversationId: ConversationId) => 'saved' | 'unsaved' | 'failed';
  readonly subscribe: (listener: () => void) => () => void;
  /** What the engine has, taken unless something is being written here that it has not seen. */
  readonly adopt: (conversationId: ConversationId, draft: Draft | null) => void;
  /** What is written before it is known what the engine has: shown at once, and joined with that by `adopt`. */
  readonly begin: (conversationId: ConversationId, patch: Partial<LocalDraft>) => void;
  readonly hasBegun: (conversationId: ConversationId) => boolean;
  /** Saved a moment later. */
  readonly change: (conversationId: ConversationId, patch: Partial<LocalDraft>) => void;
  /** Puts back what was taken back from the outbox; what has been begun meanwhile follows it. */
  readonly restore: (conversationId: ConversationId, draft: LocalDraft) => void;
  /** Saves now. Resolves with whether the engine has all of it. */
  readonly flush: (conversationId: ConversationId) => Promise<boolean>;
  readonly flushAll: () => void;
  /** Nobody looks at it any more: what is saved need not be kept here. */
  readonly leave: (conversationId: ConversationId) => void;
  /** It was sent: nothing is left of it, here or (by the engine's own doing) there. Late news of it are not believed. */
  readonly forget: (conversationId: ConversationId) => void;
  /** Whether this is a draft that has been forgotten since. */
  readonly isForgotten: (draft: Draft) => boolean;
  /** Another workspace is open, whose conversations have the same ids: nothing of this one may reach it. */
  readonly forgetAll: () => void;
}

interface Entry {
  draft: LocalDraft;
  revision: number;
  savedRevision: number;
  /** Of the engine's copy; null when it has none. */
  updatedAt: number | null;
  timer: ReturnType<typeof setTimeout> | null;
  running: Promise<boolean> | null;
  hasFailed: boolean;
  isLeft: boolean;
  /** Begun before the engine’s copy was known: saved now, it would take that copy’s place. */
  isEarly: boolean;
}

/**
 * Drafts by conversation, each saved on its own: what is typed in one can reach no other, however fast one moves.
 * One save runs at a time for each, and the last one holds the newest text.
 */
export function createDraftKeeper(
  save: (conversationId: ConversationId, draft: LocalDraft) => Promise<Draft | null>,
): DraftKeeper {
  let entries = new Map<ConversationId, Entry>();
  /** When what was forgotten had last been saved. */
  let forgotten = new Map<ConversationId, number>();
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };

  const entryOf = (conversationId: ConversationId): Entry => {
    const known = entries.get(conversationId);
    if (known !== undefined) return known;
    const entry: Entry = {
      draft: emptyDraft,
      revision: 0,
      savedRevision: 0,
      updatedAt: null,
      timer: null,
      running: null,
      hasFailed: false,
      isLeft: false,
      isEarly: false,
    };
    entries.set(conversationId, entry);
    return entry;
  };

  const stopTimer = (entry: Entry): void => {
    if (entry.timer !== null) clearTimeout(entry.timer);
    entry.timer = null;
  };
  const plan = (conversationId: ConversationId, entry: Entry, afterMs: number): void => {
    stopTimer(entry);
    entry.timer = setTimeout(() => void flush(conversationId), afterMs);
  };
  const isCurrent = (conversationId: ConversationId, entry: Entry): boolean =>
    entries.get(conversationId) === entry;

  async function saveAll(conversationId: ConversationId, entry: Entry): Promise<boolean> {
    while (entry.savedRevision !== entry.revision) {
      const { revision, draft } = entry;
      try {
        const saved = await save(conversationId, draft);
        if (!isCurrent(conversationId, entry)) return true;
        entry.savedRevision = revision;
        entry.updatedAt = saved?.updatedAt ?? null;
        entry.hasFailed = false;
      } catch {
        // Shown by `saveState`, kept here, and tried again.
        if (!isCurrent(conversationId, entry)) return true;
        entry.hasFailed = true;
        plan(conversationId, entry, retryAfterMs);
        return false;
      }
    }
    return true;
  }

  function flush(conversationId: ConversationId): Promise<boolean> {
    const entry = entries.get(conversationId);
    if (entry === undefined) return Promise.resolve(true);
    stopTimer(entry);
    if (entry.isEarly) return Promise.resolve(false);
    if (entry.running === null && entry.savedRevision === entry.revision) {
      drop(conversationId, entry);
      return Promise.resolve(true);
    }
    entry.running ??= saveAll(conversationId, entry).finally(() => {
      entry.running = null;
      drop(conversationId, entry);
      tell();
    });
    return entry.running;
  }

  function drop(conversationId: ConversationId, entry: Entry): void {
    const isSaved = entry.savedRevision === entry.revision;
    if (entry.isLeft && isSaved && isCurrent(conversationId, entry)) entries.delete(conversationId);
  }

  function isForgotten({ conversationId, updatedAt }: Draft): boolean {
    return updatedAt <= (forgotten.get(conversationId) ?? -Infinity);
  }

  function write(conversationId: ConversationId, draft: LocalDraft): void {
    const entry = entryOf(conversationId);
    entry.draft = draft;
    entry.revision += 1;
    plan(conversationId, entry, saveAfterMs);
    tell();
  }

  return {
    get: (conversationId) => entries.get(conversationId)?.draft,
    saveState(conversationId) {
      const entry = entries.get(conversationId);
      if (entry === undefined || entry.savedRevision === entry.revision) return 'saved';
      return entry.hasFailed ? 'failed' : 'unsaved';
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    adopt(conversationId, draft) {
      const stored = draft !== null && isForgotten(draft) ? null : draft;
      const begun = entries.get(conversationId);
      if (begun?.isEarly === true) {
        begun.isEarly = false;
        begun.isLeft = false;
        write(conversationId, joined(stored, begun.draft));
        return;
      }
      if (stored !== draft) return;
      const entry = entryOf(conversationId);
      entry.isLeft = false;
      const isWritten = entry.running !== null || entry.savedRevision !== entry.revision;
      if (draft === null || isWritten || draft.updatedAt <= (entry.updatedAt ?? 0)) return;
      entry.draft = localDraft(draft);
      entry.updatedAt = draft.updatedAt;
      tell();
    },
    begin(conversationId, patch) {
      const known = entries.get(conversationId);
      const entry = entryOf(conversationId);
      if (known === undefined) entry.isEarly = true;
      entry.draft = { ...entry.draft, ...patch };
      entry.revision += 1;
      if (!entry.isEarly) plan(conversationId, entry, saveAfterMs);
      tell();
    },
    hasBegun: (conversationId) => entries.get(conversationId)?.isEarly === true,
    change: (conversationId, patch) => write(conversationId, { ...entryOf(conversationId).draft, ...patch }),
    restore(conversationId, draft) {
      const begun = entries.get(conversationId)?.draft ?? emptyDraft;
      write(
        conversationId,
        isEmptyDraft(begun) || begun.text === draft.text
          ? draft
          : {
              ...draft,
              text: `${draft.text}\n\n${begun.text}`,
              attachments: [...draft.attachments, ...begun.attachments],
            },
      );
    },
    flush,
    flushAll() {
      for (const conversationId of entries.keys()) void flush(conversationId);
    },
    leave(conversationId) {
      const entry = entries.get(conversationId);
      if (entry === undefined) return;
      entry.isLeft = true;
      void flush(conversationId);
    },
    forget(conversationId) {
      const entry = entries.get(conversationId);
      if (entry === undefined) return;
      stopTimer(entry);
      entries.delete(conversationId);
      if (entry.updatedAt !== null) forgotten.set(conversationId, entry.updatedAt);
      tell();
    },
    isForgotten,
    forgetAll() {
      for (const entry of entries.values()) stopTimer(entry);
      entries = new Map();
      forgotten = new Map();
      tell();
    },
  };
}

/** What was begun goes on where the stored text ends. */
function joined(stored: Draft | null, begun: LocalDraft): LocalDraft {
  if (stored === null) return begun;
  const text = stored.text + begun.text;
  return { ...localDraft(stored), text, selectionStart: text.length };
}

export function localDraft(draft: Draft): LocalDraft {
  return {
    text: draft.text,
    selectionStart: Math.min(draft.selectionStart, draft.text.length),
    accountId: draft.accountId,
    inReplyToMentionId: draft.inReplyToMentionId,
    attachments: draft.attachments,
  };
}
