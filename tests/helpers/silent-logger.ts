import type { Logger } from '../../electron/engine/ports/logger.ts';

export const silentLogger: Logger = { info: () => {}, warn: () => {}, error: () => {} };
