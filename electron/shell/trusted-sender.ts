import { isAppAddress } from './app-address.ts';

/** The parts of a sender that decide; `senderFrame` is null when the frame has gone or moved on meanwhile. */
export interface Sender {
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}

export function isTrustedSender({ senderFrame }: Sender): boolean {
  return senderFrame !== null && senderFrame.parent === null && isAppAddress(senderFrame.url);
}
