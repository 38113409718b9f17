import { useCallback, useState } from 'react';
import type { MediaLimit } from '../../../shared/contract/methods/connectors.ts';
import type { ConversationId } from '../../../shared/model/ids.ts';
import { useCommand } from '../../client/hooks.ts';
import { mediaProblem } from './check-media.ts';
import { useDraftKeeper } from './use-drafts.ts';

export interface AttachmentAdding {
  readonly add: (files: readonly File[]) => void;
  readonly isAdding: boolean;
  /** What was left out, and why. */
  readonly problems: readonly string[];
  readonly clearProblems: () => void;
}

/** Pasted, dropped and picked files: checked, kept by the engine, and put into the draft they were meant for. */
export function useAttachments(
  conversationId: ConversationId,
  limit: MediaLimit | null,
  platformName: string,
): AttachmentAdding {
  const keeper = useDraftKeeper();
  const { run, isRunning } = useCommand('attachments.add', { failureTitle: 'Could not add the file' });
  const [problems, setProblems] = useState<readonly string[]>([]);
  const add = useCallback(
    (files: readonly File[]): void => {
      const refused: string[] = [];
      const taken: File[] = [];
      for (const file of files) {
        const there = (keeper.get(conversationId)?.attachments.length ?? 0) + taken.length;
        const problem = mediaProblem(file, limit, there, platformName);
        if (problem === null) taken.push(file);
        else refused.push(problem);
      }
      setProblems(refused);
      void addInOrder(taken);
      async function addInOrder(list: readonly File[]): Promise<void> {
        for (const file of list) {
          const added = await run({
            name: file.name === '' ? 'pasted' : file.name,
            type: file.type,
            data: await base64Of(file),
          });
          if (added === null) return;
          // Looked up now: more may have been typed, or another file added, while this one was stored.
          const known = keeper.get(conversationId)?.attachments ?? [];
          keeper.change(conversationId, { attachments: [...known, added] });
        }
      }
    },
    [keeper, run, conversationId, limit, platformName],
  );
  const clearProblems = useCallback(() => setProblems([]), []);
  return { add, isAdding: isRunning, problems, clearProblems };
}

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 32_768) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  }
  return btoa(binary);
}
