import ChevronDown from 'lucide-react/icons/chevron-down';
import Globe from 'lucide-react/icons/globe';
import Lock from 'lucide-react/icons/lock';
import type { Account } from '../../../shared/model/account.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { Mention } from '../../../shared/model/mention.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { Menu } from '../../ui/menu.tsx';
import { PlatformGlyph } from '../../ui/platform-glyph.tsx';
import css from './composer-header.module.css';

/** From whom, to whom, where, and who will read it: in words, so that nobody has to know a colour. */
export function ComposerHeader({
  account,
  accounts,
  target,
  platformName,
  isPreview,
  onAccount,
}: {
  /** Null when nobody can answer from here. */
  readonly account: Account | null;
  readonly accounts: readonly Account[];
  readonly target: Mention | null;
  readonly platformName: string;
  readonly isPreview: boolean;
  readonly onAccount: (accountId: AccountId) => void;
}) {
  const isPrivate = target?.isPrivate === true;
  return (
    <header className={css.header}>
      {account === null ? (
        <span className={css.from}>{isPreview ? '…' : 'Not from here'}</span>
      ) : accounts.length > 1 ? (
        <span className={css.from}>
          <span className={css.small}>From </span>
          <Menu
            label="From which account"
            placement="top start"
            trigger={
              <Button size="small" variant="quiet" icon={<ChevronDown aria-hidden="true" />}>
                <span dir="auto">{nameOf(account)}</span>
              </Button>
            }
            groups={[
              {
                title: 'From which account',
                selectedId: account.accountId,
                entries: accounts.map((known) => ({
                  id: known.accountId,
                  label: nameOf(known),
                  onAction: () => onAccount(known.accountId),
                })),
              },
            ]}
          />
        </span>
      ) : (
        <span className={css.from} dir="auto">
          <span className={css.small}>From </span>
          {nameOf(account)}
        </span>
      )}
      {target !== null && (
        <span className={css.to} dir="auto">
          <span className={css.small}>to </span>
          {target.author.name}
        </span>
      )}
      <span className={css.where}>
        <span className={css.small}>on </span>
        <PlatformGlyph platform={target?.platform ?? ''} />
        {platformName}
      </span>
      {isPrivate ? (
        <Chip tone="caution" icon={<Lock aria-hidden="true" />}>
          Private
        </Chip>
      ) : (
        <Chip tone="accent" icon={<Globe aria-hidden="true" />}>
          Public
        </Chip>
      )}
    </header>
  );
}

export function nameOf({ displayName, handle }: Pick<Account, 'displayName' | 'handle'>): string {
  return handle === null || handle === displayName ? displayName : `${displayName} (${handle})`;
}
