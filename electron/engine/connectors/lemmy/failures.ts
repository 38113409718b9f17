import { EarshotError, type FailureCode } from '../../../../shared/contract/errors.ts';

interface Meaning {
  readonly code: FailureCode;
  readonly message: string;
}

const banned = 'The account is banned there. Ask the moderators, or answer from another account.';

const pictureRefused = 'The server does not take this picture. Try another one or a smaller one.';

/** By the name that the server gives a refusal. Nearly every one comes as 400, so the status says little. */
const meanings: Readonly<Record<string, Meaning>> = {
  not_logged_in: {
    code: 'unauthorized',
    message: 'The server does not accept this sign-in any more. Sign in again.',
  },
  incorrect_login: {
    code: 'unauthorized',
    message: 'The server does not accept this user name and password, or this token.',
  },
  missing_totp_token: {
    code: 'invalid-input',
    message: 'This account wants a code as well. Enter the one that your authenticator app shows now.',
  },
  incorrect_totp_token: {
    code: 'invalid-input',
    message: 'The code was not right. Enter the one that your authenticator app shows now.',
  },
  email_not_verified: {
    code: 'forbidden',
    message: 'The server waits until the e-mail address of this account is confirmed.',
  },
  registration_application_is_pending: {
    code: 'forbidden',
    message: 'The server has not approved this account yet.',
  },
  site_ban: { code: 'forbidden', message: banned },
  deleted: { code: 'gone', message: 'What you answer was deleted, or the account itself was.' },
  person_is_banned_from_community: { code: 'forbidden', message: banned },
  person_is_banned_from_site: { code: 'forbidden', message: banned },
  person_is_blocked: {
    code: 'forbidden',
    message: 'One of you has blocked the other, so the server takes no answer.',
  },
  instance_is_private: {
    code: 'forbidden',
    message: 'This server shows its posts to its members only. Listen with an account of it.',
  },
  not_a_moderator: { code: 'forbidden', message: 'Only moderators of the community may do that.' },
  not_a_mod_or_admin: { code: 'forbidden', message: 'Only moderators of the community may do that.' },
  not_an_admin: { code: 'forbidden', message: 'Only administrators of the server may do that.' },
  locked: { code: 'rejected', message: 'The post is locked: it takes no more comments.' },
  max_comment_depth_reached: {
    code: 'rejected',
    message: 'The thread is as deep as the server allows. Answer a comment further up.',
  },
  language_not_allowed: {
    code: 'rejected',
    message: 'The community does not take posts in the language that your account writes in.',
  },
  slurs: {
    code: 'rejected',
    message: 'The server does not take one of the words in this text. Write it another way.',
  },
  image_upload_disabled: {
    code: 'rejected',
    message: 'The server takes no pictures. Send the answer without.',
  },
  invalid_image_upload: { code: 'rejected', message: pictureRefused },
  pictrs_invalid_image_upload: { code: 'rejected', message: pictureRefused },
  blocked_url: {
    code: 'rejected',
    message: 'The server does not take one of the addresses in this text. Leave it out.',
  },
  invalid_body_field: {
    code: 'rejected',
    message: 'The server does not take this text: it is empty or too long (10,000 characters at most).',
  },
};

/** The error that a refusal means. `windowMs`: how long the limit of such a call lasts. */
export function failureOfRefusal(
  { status, error, host }: { readonly status: number; readonly error: string | null; readonly host: string },
  retryAt: number,
): EarshotError {
  const details = { status, ...(error === null ? {} : { said: error }) };
  if (status === 429 || error === 'rate_limit_error') {
    return new EarshotError('rate-limited', `${host} asks for fewer requests. Earshot waits.`, {
      ...details,
      retryAt,
    });
  }
  const known = error !== null && Object.hasOwn(meanings, error) ? meanings[error] : undefined;
  if (known) return new EarshotError(known.code, known.message, details);
  if (status === 401)
    return new EarshotError('unauthorized', meanings['not_logged_in']?.message ?? '', details);
  if (status === 403) {
    return new EarshotError('forbidden', `${host} does not allow this to the account.`, details);
  }
  if (status === 404 || error === 'not_found' || error?.startsWith('couldnt_find_') === true) {
    return new EarshotError('not-found', `${host} does not have this any more.`, details);
  }
  if (status === 413 || status === 415) return new EarshotError('rejected', pictureRefused, details);
  if (status >= 500) {
    return new EarshotError('server-error', `The server of ${host} has failed (${status}).`, details);
  }
  return new EarshotError(
    'rejected',
    `${host} does not take this (${error ?? status}). Check the text and the settings.`,
    details,
  );
}
