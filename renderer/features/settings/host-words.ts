import type { MethodOutput } from '../../../shared/contract/contract.ts';

/** What Earshot runs in and, when that is a browser, why. */
export function hostWords({ host, hostReason }: Pick<MethodOutput<'app.info'>, 'host' | 'hostReason'>): {
  readonly window: string;
  readonly why: string | null;
} {
  switch (host) {
    case 'electron':
      return { window: 'Electron, in a window of its own', why: null };
    case 'browser':
      return { window: 'Your browser, served from this computer only', why: hostReason };
    case 'command-line':
      return { window: 'The command line', why: null };
  }
}
