import type { Account } from '../../../shared/model/account.ts';
import { useCall } from '../../client/hooks.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/use-now.ts';
import { accountTrouble } from './account-trouble.ts';

/** A strip on every page once an account has to sign in again: nobody has to look for it. */
export function AccountTroubleBanner({
  onSignInAgain,
  onShowAccounts,
}: {
  readonly onSignInAgain: (account: Account) => void;
  readonly onShowAccounts: () => void;
}) {
  const accounts = useCall('accounts.list', {}).data?.accounts ?? [];
  const connectors = useCall('connectors.list', {}).data?.connectors ?? [];
  const now = useNow();
  const trouble = accountTrouble(accounts, connectors, now);
  if (trouble === null) return null;
  const { account } = trouble;
  return (
    <Banner
      tone="caution"
      isStrip
      title={trouble.title}
      action={
        account === null ? (
          <Button size="small" onPress={onShowAccounts}>
            See which
          </Button>
        ) : (
          <Button size="small" onPress={() => onSignInAgain(account)}>
            Sign in again
          </Button>
        )
      }
    >
      {trouble.words}
    </Banner>
  );
}
