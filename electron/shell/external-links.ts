import { dialog, shell } from 'electron';
import type { Logger } from '../engine/ports/logger.ts';
import { decideLink } from './link-decision.ts';

/** The only place that hands an address to the system. */
export async function openExternalLink(address: string, logger: Logger): Promise<void> {
  const decision = decideLink(address);
  if (decision.kind === 'refuse') return logger.warn('link-refused', { reason: decision.reason });
  if (decision.kind === 'ask') {
    const { response } = await dialog.showMessageBox({
      type: 'question',
      message: `Open ${decision.target}?`,
      detail: decision.warning,
      buttons: ['Open', 'Cancel'],
      defaultId: 1,
      cancelId: 1,
    });
    if (response !== 0) return undefined;
  }
  return shell.openExternal(decision.address);
}
