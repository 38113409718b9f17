import type { Facts, FetchAnswer, Question } from '../messages.ts';
import { app, preventable } from './app.ts';
import { onTold, tell } from './browser-side.ts';
import { menuLabels } from './menu.ts';
import { protocol } from './protocol.ts';
import { session } from './session.ts';
import { BrowserWindow, contentsOf } from './windows.ts';

/** What Chromium would ask the main process about a page. */
onTold('ask', ({ id, question }) => {
  void answer(question).then((value) => tell({ type: 'answer', id, value }));
});

async function answer(question: Question): Promise<unknown> {
  switch (question.kind) {
    case 'fetch':
      return readResponse(await protocol.answer(question.method, question.address));
    case 'navigate': {
      const details = { ...preventable(), url: question.address, isMainFrame: question.isMainFrame };
      const contents = contentsOf(question.windowId);
      let isPrevented = false;
      details.preventDefault = () => {
        isPrevented = true;
      };
      contents?.emit('will-frame-navigate', details);
      if (question.isMainFrame) contents?.emit('will-navigate', details);
      return { isPrevented };
    }
    case 'window-open':
      return contentsOf(question.windowId)?.openHandler({ url: question.address });
    case 'permission':
      return session.defaultSession.decide(question.permission, question.address);
    case 'facts':
      return {
        isSandboxed: app.isSandboxed,
        userData: app.getPath('userData'),
        schemes: protocol.schemes,
        windows: BrowserWindow.getAllWindows().map(({ id, options }) => ({ id, options })),
        hasPermissionHandlers: session.defaultSession.hasHandlers(),
        menuLabels,
      } satisfies Facts;
  }
}

async function readResponse(response: Response): Promise<FetchAnswer> {
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: new Uint8Array(await response.arrayBuffer()),
  };
}
