import { readFileSync } from 'node:fs';
import type { BrowserContext, Frame, Page, Request, Route } from 'playwright-core';
import type { FetchAnswer, ForPage, FromMain, Question, ToMain } from './messages.ts';
import { playPreload } from './page-world.mjs';

/**
 * Chromium has no `app:` scheme outside Electron, so a window's page lives on an https origin that exists only
 * in the routes below; addresses are turned round on the way in and out.
 */
const pageOrigin = 'https://earshot.test';
const appOrigin = 'app://earshot';
const lineName = '__earshotHarnessLine';
const inboxName = '__earshotHarnessInbox';

export interface MainLine {
  tell(message: ToMain): void;
  ask(question: Question): Promise<unknown>;
}

type Load = Extract<FromMain, { type: 'load' }>;

interface Window {
  readonly id: number;
  readonly page: Page;
  /** What main itself loads is no navigation of the page and is not asked about. */
  isMainLoading: boolean;
  deliveries: Promise<unknown>;
}

/** Plays the windows of the stand-in as pages of a browser: their files, navigations and preload go to main. */
export class WindowPages {
  readonly #context: BrowserContext;
  readonly #line: MainLine;
  readonly #windows = new Map<number, Window>();
  readonly #first = Promise.withResolvers<Page>();

  constructor(context: BrowserContext, line: MainLine) {
    this.#context = context;
    this.#line = line;
  }

  async start(): Promise<void> {
    await this.#context.route('**/*', (route) => this.#answer(route));
    this.#context.on('page', (page) => void this.#closeUnlessWindow(page));
  }

  /** The page of the first window, once it has loaded. */
  firstPage(): Promise<Page> {
    return this.#first.promise;
  }

  async load({ windowId, address, preload }: Load): Promise<void> {
    const page = await this.#context.newPage();
    const window: Window = { id: windowId, page, isMainLoading: true, deliveries: Promise.resolve() };
    this.#windows.set(windowId, window);
    await page.exposeBinding(lineName, ({ frame }, message: unknown) => {
      this.#line.tell(fromPage(window, frame, message));
    });
    await page.addInitScript({ content: preloadScript(preload) });
    page.on('close', () => this.#line.tell({ type: 'closed', windowId }));
    page.on('load', () => {
      this.#line.tell({ type: 'loaded', windowId });
      this.#first.resolve(page);
    });
    await page.goto(toPage(address)).catch(() => undefined); // Closed while it loaded.
  }

  async reload(windowId: number): Promise<void> {
    const window = this.#windows.get(windowId);
    if (window) window.isMainLoading = true;
    await window?.page.reload();
  }

  async destroy(windowId: number): Promise<void> {
    const window = this.#windows.get(windowId);
    this.#windows.delete(windowId);
    await window?.page.close();
  }

  deliver(message: ForPage): void {
    for (const window of this.#windows.values()) {
      if (message.type === 'ipc' && message.windowId !== window.id) continue;
      window.deliveries = window.deliveries
        .then(() => window.page.evaluate(callInbox, [inboxName, message] as const))
        .catch(() => undefined); // The page went away meanwhile; so did whoever waited for this.
    }
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request();
    const address = toApp(request.url());
    const frame = frameOf(request);
    const window = this.#windowOf(frame);
    if (!window) {
      // A page that no window of main stands for: something was to open in a new window.
      const [opener] = this.#windows.keys();
      await this.#line.ask({ kind: 'window-open', windowId: opener ?? 0, address });
      return route.fulfill({ status: 204 });
    }
    if (request.isNavigationRequest() && !window.isMainLoading) {
      const isMainFrame = frame === window.page.mainFrame();
      const question: Question = { kind: 'navigate', windowId: window.id, address, isMainFrame };
      const verdict = (await this.#line.ask(question)) as { isPrevented: boolean };
      // 204 leaves the page as it is; an aborted navigation would show Chromium's own error page.
      if (verdict.isPrevented) return route.fulfill({ status: 204 });
    }
    window.isMainLoading = false;
    if (!address.startsWith(`${appOrigin}/`)) return route.abort('blockedbyclient');
    const file = await this.#line.ask({ kind: 'fetch', method: request.method(), address });
    const { status, headers, body } = file as FetchAnswer;
    return route.fulfill({ status, headers, body: Buffer.from(body) });
  }

  #windowOf(frame: Frame | null): Window | null {
    return [...this.#windows.values()].find(({ page }) => frame?.page() === page) ?? null;
  }

  async #closeUnlessWindow(page: Page): Promise<void> {
    if ((await page.opener()) !== null) await page.close();
  }
}

function fromPage(window: Window, frame: Frame, message: unknown): ToMain {
  const { type, channel, url } = message as { type: string; channel: string; url: string };
  if (type !== 'ipc') return message as ToMain;
  const sender = { url: toApp(url), isTop: frame === window.page.mainFrame() };
  return { type: 'ipc', windowId: window.id, channel, sender };
}

function preloadScript(path: string): string {
  const names = `${JSON.stringify(lineName)}, ${JSON.stringify(inboxName)}`;
  return `(${playPreload.toString()})(${names}, (require) => {${readFileSync(path, 'utf8')}\n});`;
}

/** Runs in the page. */
function callInbox([inbox, message]: readonly [string, ForPage]): void {
  (globalThis as unknown as Record<string, (message: ForPage) => void>)[inbox]?.(message);
}

/** Null for a page that is only being made: Playwright has no frame for its first request yet. */
function frameOf(request: Request): Frame | null {
  try {
    return request.frame();
  } catch {
    return null;
  }
}

function toApp(address: string): string {
  return address.startsWith(pageOrigin) ? appOrigin + address.slice(pageOrigin.length) : address;
}

function toPage(address: string): string {
  return address.startsWith(appOrigin) ? pageOrigin + address.slice(appOrigin.length) : address;
}
