import { Button } from 'react-aria-components/Button';
import ChevronRight from 'lucide-react/icons/chevron-right';
import type { ConnectorInfo } from '../../../shared/contract/methods/connectors.ts';
import { Chip } from '../../ui/chip.tsx';
import { PlatformGlyph } from '../../ui/platform-glyph.tsx';
import css from './connector-cards.module.css';

/** What can be listened to, a card each. */
export function ConnectorCards({
  connectors,
  onChoose,
}: {
  readonly connectors: readonly ConnectorInfo[];
  readonly onChoose: (connector: ConnectorInfo) => void;
}) {
  return (
    <ul className={css.cards}>
      {connectors.map((connector) => (
        <li key={connector.id}>
          <Button className={css.card ?? ''} onPress={() => onChoose(connector)}>
            <PlatformGlyph platform={connector.id} />
            <span className={css.words}>
              <span className={css.name}>{connector.name}</span>
              <span className={css.summary}>{connector.summary}</span>
              <span className={css.facts}>
                <Chip tone="outline">
                  {connector.capabilities.listens === 'search' ? 'Searched' : 'Followed'}
                </Chip>
                <Chip tone="outline">
                  {connector.capabilities.listensWithAccount === 'always'
                    ? 'Needs an account'
                    : 'No account needed'}
                </Chip>
              </span>
            </span>
            <ChevronRight aria-hidden="true" className={css.arrow} />
          </Button>
        </li>
      ))}
    </ul>
  );
}
