import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { AccountSession } from '../connector.ts';

/**
 * One authorised call. When the platform says `unauthorized`, once more with renewed credentials: safe for writes
 * too, because a refusal means that nothing was done.
 */
export async function withCredentials<Credentials, Answer>(
  account: AccountSession<Credentials, unknown>,
  call: (credentials: Credentials) => Promise<Answer>,
): Promise<Answer> {
  const credentials = await account.credentials();
  try {
    return await call(credentials);
  } catch (error) {
    if (!(error instanceof EarshotError) || error.code !== 'unauthorized') throw error;
    return await call(await account.renewed(credentials));
  }
}
