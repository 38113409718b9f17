import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../shared/contract/errors.ts';
import type { MethodInput } from '../../../shared/contract/contract.ts';
import type { SignIn } from '../../../shared/contract/methods/accounts.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import { asFailure } from '../../client/failure-center.ts';
import { failureLine } from '../../client/failure-sentence.ts';
import { useClient, useEngineEvent } from '../../client/hooks.ts';

export type SignInState =
  | { readonly kind: 'form'; readonly failureLine: string | null }
  | { readonly kind: 'asking' }
  /** The user is on the platform's page. */
  | { readonly kind: 'waiting'; readonly signIn: SignIn; readonly failureLine: string | null }
  | { readonly kind: 'done'; readonly displayName: string; readonly accountId: AccountId | null };

type StartInput = MethodInput<'accounts.startSignIn'>;

/** A time that ran out is the user's own here, not a server's: the engine says which. */
function endWords(failure: Failure): string {
  return failure.code === 'timeout' ? failure.message : failureLine(failure, Date.now());
}

/** One sign-in from the form to the account. Leaving the dialog calls it off. */
export function useSignIn() {
  const client = useClient();
  const [state, setState] = useState<SignInState>({ kind: 'form', failureLine: null });
  const underWay = useRef<string | null>(null);
  const isLeft = useRef(false);

  const cancel = useCallback((): void => {
    const signInId = underWay.current;
    underWay.current = null;
    // It may have ended in this very moment: then there is nothing to call off.
    if (signInId !== null) void client.call('accounts.cancelSignIn', { signInId }).catch(() => undefined);
  }, [client]);

  const take = useCallback((signIn: SignIn): void => {
    if (isLeft.current) return;
    if (signIn.state === 'done') {
      underWay.current = null;
      setState({ kind: 'done', displayName: signIn.displayName ?? '', accountId: signIn.accountId });
    } else if (signIn.state === 'waiting') {
      underWay.current = signIn.signInId;
      setState({
        kind: 'waiting',
        signIn,
        failureLine: signIn.error === undefined ? null : failureLine(signIn.error, Date.now()),
      });
    } else {
      underWay.current = null;
      setState({
        kind: 'form',
        failureLine: signIn.error === undefined ? null : endWords(signIn.error),
      });
    }
  }, []);

  const fail = useCallback((error: unknown): void => {
    if (!isLeft.current) setState({ kind: 'form', failureLine: failureLine(asFailure(error), Date.now()) });
  }, []);

  const enter = useCallback(
    async (input: MethodInput<'accounts.add'>): Promise<void> => {
      setState({ kind: 'asking' });
      try {
        const { displayName, accountId } = await client.call('accounts.add', input);
        setState({ kind: 'done', displayName, accountId });
      } catch (error) {
        fail(error);
      }
    },
    [client, fail],
  );

  const start = useCallback(
    async (input: StartInput): Promise<void> => {
      setState({ kind: 'asking' });
      try {
        const signIn = await client.call('accounts.startSignIn', input);
        underWay.current = signIn.signInId;
        if (isLeft.current) cancel();
        else take(signIn);
      } catch (error) {
        fail(error);
      }
    },
    [client, cancel, fail, take],
  );

  const finish = useCallback(
    async (pasted: string): Promise<void> => {
      const signInId = underWay.current;
      if (signInId === null) return;
      try {
        take(await client.call('accounts.finishSignIn', { signInId, pasted }));
      } catch (error) {
        // What was pasted was wrong; the page still shows the right text.
        setState((known) =>
          known.kind === 'waiting'
            ? { ...known, failureLine: failureLine(asFailure(error), Date.now()) }
            : known,
        );
      }
    },
    [client, take],
  );

  const back = useCallback((): void => {
    cancel();
    setState({ kind: 'form', failureLine: null });
  }, [cancel]);

  useEngineEvent('accounts.signInEnded', ({ signInId }) => {
    if (signInId !== underWay.current) return;
    client.call('accounts.getSignIn', { signInId }).then(take, fail);
  });

  useEffect(() => {
    isLeft.current = false;
    return () => {
      isLeft.current = true;
      cancel();
    };
  }, [cancel]);

  return { state, enter, start, finish, back };
}
