import { describe, expect, it } from 'vitest';
import { createKnownSecrets, secretTextsIn } from '../../../electron/engine/vault/known-secrets.ts';
import { EarshotError } from '../../../shared/contract/errors.ts';

const token = 'tok/en+with=signs';

function knowing(...texts: string[]) {
  const secrets = createKnownSecrets();
  secrets.learn(texts);
  return secrets;
}

describe('known secrets', () => {
  it('are left out of texts, fields and their names, as they are and percent-encoded', () => {
    expect(
      knowing(token).strip({
        message: `bad token ${token}!`,
        url: `https://x.example/?t=${encodeURIComponent(token)}`,
        [token]: [token, 7, null],
      }),
    ).toEqual({
      message: 'bad token (left out)!',
      url: 'https://x.example/?t=(left out)',
      '(left out)': ['(left out)', 7, null],
    });
  });

  it('are left out of an error, its details, its stack and its causes', () => {
    const error = new EarshotError('rejected', `no: ${token}`, { said: token }, new Error(`deep ${token}`));
    const stripped = knowing(token).stripError(error) as EarshotError;
    expect(stripped).toBeInstanceOf(EarshotError);
    expect(stripped.toFailure()).toEqual({
      code: 'rejected',
      message: 'no: (left out)',
      details: { said: '(left out)' },
    });
    expect(stripped.stack).not.toContain(token);
    expect((stripped.cause as Error).message).toBe('deep (left out)');
  });

  it('change nothing where they do not stand', () => {
    const error = new EarshotError('rejected', 'no', { a: [1] }, new Error('why'));
    expect(knowing(token).stripError(error)).toBe(error);
    expect(knowing('abc').strip('abcdef')).toBe('abcdef');
  });

  it('in credentials are what lets somebody in, not where and as whom', () => {
    expect(
      secretTextsIn(
        {
          accessToken: 'aaaaaaaaaa',
          server: 'https://social.example',
          did: 'did:plc:abcdefgh',
          scope: 'read write',
          type: 'Bearer',
          handle: 'kate.social.example',
          key: { d: 'bbbbbbbbbb' },
          expiresAt: 12345678,
        },
        [{ handle: 'kate.social.example' }],
      ),
    ).toEqual(['aaaaaaaaaa', 'bbbbbbbbbb']);
  });
});
