import type { ConnectionState } from './transport.ts';

/** What the frame says about the connection; null while there is nothing to say. */
export function connectionWords(state: ConnectionState): { title: string; next: string } | null {
  switch (state.kind) {
    case 'connecting':
    case 'connected':
      return null;
    case 'lost':
      return {
        title: 'Earshot’s engine does not answer.',
        next: 'Everything shown stays readable. Earshot reconnects by itself; changes are refused until then.',
      };
    case 'signed-out':
      return state.reason === 'no-link'
        ? {
            title: 'Open Earshot by its link.',
            next: 'This address alone has no key to your data. Open the link that the start command printed in the terminal; it ends in # and a long key.',
          }
        : {
            title: 'This window’s key has expired.',
            next: 'Earshot was started again since this window was opened. Open the link that the start command printed this time; your data are untouched.',
          };
  }
}
