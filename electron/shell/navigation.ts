import type { App, WebContents } from 'electron';
import { windowAddress } from './app-address.ts';

/** The window is one page and stays on it; only its own reload is a navigation. */
export function isOwnPage(address: string): boolean {
  return URL.canParse(address) && new URL(address).href.split(/[?#]/, 1)[0] === windowAddress;
}

/** Set for everything that shows web content, as it is made, so that nothing can be forgotten. */
export function restrictNavigation(app: App, openLink: (address: string) => void): void {
  app.on('web-contents-created', (_event, contents) => restrict(contents, openLink));
}

function restrict(contents: WebContents, openLink: (address: string) => void): void {
  contents.on('will-navigate', (details) => {
    if (!isOwnPage(details.url)) details.preventDefault();
  });
  contents.on('will-frame-navigate', (details) => {
    if (!details.isMainFrame || !isOwnPage(details.url)) details.preventDefault();
  });
  contents.on('will-redirect', (details) => details.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openLink(url);
    return { action: 'deny' };
  });
}
