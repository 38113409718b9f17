import type { ConnectorInfo } from '../../shared/contract/methods/connectors.ts';
import type { Source } from '../../shared/model/source.ts';

/**
 * The platform by whose sign a source is known, the same as on its mentions. A connector of several platforms has
 * one of them among the source's settings.
 */
export function platformOf(
  { connector, settings }: Pick<Source, 'connector' | 'settings'>,
  connectors: readonly Pick<ConnectorInfo, 'id' | 'platforms'>[],
): string {
  const platforms = connectors.find(({ id }) => id === connector)?.platforms ?? [];
  if (platforms.length < 2) return connector;
  const chosen = new Set<unknown>(Object.values(settings));
  return platforms.find(({ id }) => chosen.has(id))?.id ?? connector;
}
