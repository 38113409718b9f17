import { useEffect, useRef, useState } from 'react';
import ExternalLink from 'lucide-react/icons/external-link';
import LogIn from 'lucide-react/icons/log-in';
import RefreshCw from 'lucide-react/icons/refresh-cw';
import Trash from 'lucide-react/icons/trash-2';
import type { ConnectorInfo } from '../../../shared/contract/methods/connectors.ts';
import type { Account } from '../../../shared/model/account.ts';
import { useCommand } from '../../client/hooks.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { LinkedText } from '../../ui/linked-text.tsx';
import { PlatformGlyph } from '../../ui/platform-glyph.tsx';
import { relativeTime } from '../../ui/time-words.ts';
import { Switch } from '../../ui/toggles.tsx';
import css from './account-row.module.css';
import { accountWords, usageWords } from './account-words.ts';

export interface AccountRowProps {
  readonly account: Account;
  readonly connector: ConnectorInfo | null;
  readonly now: number;
  readonly onSignInAgain: () => void;
  readonly onRemove: () => void;
}

/** One account: who it is, whether it works, and what can be done about it. */
export function AccountRow({ account, connector, now, onSignInAgain, onRemove }: AccountRowProps) {
  const test = useCommand('accounts.test', {
    failureTitle: `Could not test ${account.displayName}`,
    showsFailureInPlace: true,
  });
  const update = useCommand('accounts.update', { failureTitle: `Could not change ${account.displayName}` });
  const [outcome, setOutcome] = useState<string | null>(null);
  const words = accountWords(account, now);
  const hasNote = account.replyNote !== null && account.state !== 'expired';
  const rowRef = useRef<HTMLLIElement>(null);
  // Its test has just taken the note away, and the button with it.
  const hadNote = useRef(hasNote);
  useEffect(() => {
    const isGone = hadNote.current && !hasNote;
    hadNote.current = hasNote;
    if (!isGone || document.activeElement !== document.body) return;
    rowRef.current?.querySelector<HTMLElement>('[data-actions] button')?.focus();
  }, [hasNote]);

  const runTest = async (): Promise<void> => {
    setOutcome(null);
    const answer = await test.run({ accountId: account.accountId });
    if (answer === null) return;
    setOutcome(
      answer.replyNote === null
        ? `It answered: ${answer.displayName}.`
        : `It answered: ${answer.displayName}. What stands above still holds.`,
    );
  };
  const testButton = (label: string) => (
    <Button
      size="small"
      icon={<RefreshCw aria-hidden="true" />}
      onPress={() => void runTest()}
      isPending={test.isRunning}
    >
      {label}
    </Button>
  );

  return (
    <li
      ref={rowRef}
      className={css.row}
      aria-label={`${account.displayName}, ${connector?.name ?? account.connector}`}
    >
      <div className={css.head}>
        <span className={css.glyph}>
          <PlatformGlyph platform={account.platform} />
        </span>
        <div className={css.titles}>
          <h2 className={css.name}>
            <bdi>{account.displayName}</bdi>
            {account.handle !== null && <bdi className={css.handle}>{account.handle}</bdi>}
            {account.url !== null && (
              <a
                className={css.link}
                href={account.url}
                target="_blank"
                rel="noreferrer"
                aria-label={`Open the page of ${account.displayName}`}
              >
                <ExternalLink aria-hidden="true" />
              </a>
            )}
          </h2>
          <p className={css.kind}>
            {connector?.name ?? account.connector} · {usageWords(account, connector)}
            {account.checkedAt !== null && ` · last answered ${relativeTime(account.checkedAt, now)}`}
          </p>
        </div>
        <Chip tone={words.tone}>{words.label}</Chip>
      </div>

      {words.problem !== null && (
        <p className={css.problem} data-tone={words.tone}>
          <LinkedText>{words.problem}</LinkedText>
        </p>
      )}
      {hasNote && (
        <div className={css.note}>
          <p>
            <LinkedText>{account.replyNote ?? ''}</LinkedText>
          </p>
          {testButton('Test again')}
        </div>
      )}

      <div className={css.foot}>
        {connector?.capabilities.canReply === true && (
          <Switch
            isSelected={!account.isReadOnly}
            onChange={(mayAnswer) =>
              void update.run({ accountId: account.accountId, isReadOnly: !mayAnswer })
            }
          >
            May answer
          </Switch>
        )}
        <span className={css.actions} data-actions>
          {!hasNote && testButton('Test')}
          {(connector === null || connector.signIn.length > 0) && (
            <Button
              size="small"
              variant={words.needsSignIn ? 'primary' : 'secondary'}
              icon={<LogIn aria-hidden="true" />}
              onPress={onSignInAgain}
            >
              Sign in again
            </Button>
          )}
          <IconButton
            size="small"
            label={`Remove ${account.displayName}`}
            icon={<Trash aria-hidden="true" />}
            onPress={onRemove}
          />
        </span>
      </div>
      <output className={css.outcome}>{test.failureLine ?? outcome}</output>
    </li>
  );
}
