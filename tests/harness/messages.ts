/**
 * What the stand-in for Electron (in the process that runs the real main bundle) and the side that has the
 * browser say to each other. In Electron this is between the main process and Chromium's own processes.
 */

/** The stand-in wants something of the browser, or tells that something happened. */
export type FromMain =
  | { readonly type: 'load'; readonly windowId: number; readonly address: string; readonly preload: string }
  | { readonly type: 'reload'; readonly windowId: number }
  | { readonly type: 'destroy'; readonly windowId: number }
  | {
      readonly type: 'ipc';
      readonly windowId: number;
      readonly channel: string;
      readonly portId: number | null;
    }
  | { readonly type: 'port-message'; readonly portId: number; readonly data: unknown }
  | { readonly type: 'port-close'; readonly portId: number }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'did'; readonly deed: Deed };

/** What goes on into the page. */
export type ForPage = Extract<FromMain, { type: 'ipc' | 'port-message' | 'port-close' }>;

/** What the app did that a user would see, for tests to look at. */
export type Deed =
  | { readonly kind: 'opened-external'; readonly address: string }
  | { readonly kind: 'asked'; readonly message: string }
  | { readonly kind: 'error-box'; readonly title: string; readonly content: string }
  | { readonly kind: 'shown' | 'focused'; readonly windowId: number };

export type ToMain =
  | { readonly type: 'ask'; readonly id: number; readonly question: Question }
  | {
      readonly type: 'ipc';
      readonly windowId: number;
      readonly channel: string;
      readonly sender: SenderFacts | null;
    }
  | { readonly type: 'port-message'; readonly portId: number; readonly data: unknown }
  | { readonly type: 'port-close'; readonly portId: number }
  | { readonly type: 'loaded'; readonly windowId: number }
  | { readonly type: 'closed'; readonly windowId: number }
  | { readonly type: 'power'; readonly event: 'suspend' | 'resume' }
  /** What the user clicks in the next dialogs. */
  | { readonly type: 'dialog-answer'; readonly response: number }
  | { readonly type: 'kill-engine' }
  | { readonly type: 'quit' };

export interface SenderFacts {
  readonly url: string;
  readonly isTop: boolean;
}

export type Question =
  | { readonly kind: 'fetch'; readonly method: string; readonly address: string }
  | {
      readonly kind: 'navigate';
      readonly windowId: number;
      readonly address: string;
      readonly isMainFrame: boolean;
    }
  | { readonly kind: 'window-open'; readonly windowId: number; readonly address: string }
  | { readonly kind: 'permission'; readonly permission: string; readonly address: string }
  | { readonly kind: 'facts' };

export interface FetchAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** How main set Electron up. */
export interface Facts {
  readonly isSandboxed: boolean;
  readonly userData: string;
  readonly schemes: readonly unknown[];
  readonly windows: readonly { readonly id: number; readonly options: Record<string, unknown> }[];
  readonly hasPermissionHandlers: boolean;
  readonly menuLabels: readonly string[];
}
