import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import ChevronRight from 'lucide-react/icons/chevron-right';
import Search from 'lucide-react/icons/search';
import type { ConnectorInfo } from '../../shared/contract/methods/connectors.ts';
import { Chip } from './chip.tsx';
import css from './connector-cards.module.css';
import { PlatformGlyph } from './platform-glyph.tsx';
import { TextField } from './text-field.tsx';

/** Fewer are seen at a glance. */
const manyCards = 8;

/** One of the platforms, a card each; many of them can be narrowed down by typing. */
export function ConnectorCards({
  connectors,
  words,
  facts,
  onChoose,
}: {
  readonly connectors: readonly ConnectorInfo[];
  /** One sentence on the card. */
  readonly words: (connector: ConnectorInfo) => string;
  readonly facts: (connector: ConnectorInfo) => readonly string[];
  readonly onChoose: (connector: ConnectorInfo) => void;
}) {
  const [typed, setTyped] = useState('');
  const sought = typed.trim().toLowerCase();
  const isCalledSo = ({ name }: ConnectorInfo): boolean => name.toLowerCase().includes(sought);
  // Those of that name before those that only speak of it.
  const shown = connectors
    .filter(({ name, summary }) => `${name} ${summary}`.toLowerCase().includes(sought))
    .toSorted((a, b) => Number(isCalledSo(b)) - Number(isCalledSo(a)));
  return (
    <div className={css.root}>
      {connectors.length > manyCards && (
        <TextField
          label="Find a platform"
          isLabelHidden
          type="search"
          placeholder="Find a platform"
          icon={<Search aria-hidden="true" />}
          value={typed}
          onChange={setTyped}
          autoFocus
        />
      )}
      <ul className={css.cards}>
        {shown.map((connector) => (
          <li key={connector.id}>
            <Button className={css.card ?? ''} onPress={() => onChoose(connector)}>
              <PlatformGlyph platform={connector.platforms[0]?.id ?? connector.id} />
              <span className={css.words}>
                <span className={css.name}>{connector.name}</span>
                <span className={css.summary}>{words(connector)}</span>
                <span className={css.facts}>
                  {facts(connector).map((fact) => (
                    <Chip key={fact} tone="outline">
                      {fact}
                    </Chip>
                  ))}
                </span>
              </span>
              <ChevronRight aria-hidden="true" className={css.arrow} />
            </Button>
          </li>
        ))}
      </ul>
      {shown.length === 0 && (
        <output className={css.none}>
          No platform of that name. Many sites also offer a feed: look under “Feeds”.
        </output>
      )}
    </div>
  );
}
