import { EarshotError } from '../../../../shared/contract/errors.ts';
import { describeUrl } from './describe-url.ts';

const certificateReasons: Readonly<Record<string, readonly [reason: string, words: string]>> = {
  CERT_HAS_EXPIRED: ['expired', 'its certificate has expired'],
  CERT_NOT_YET_VALID: ['not-yet-valid', 'its certificate is not valid yet; check the clock of this computer'],
  CERT_REVOKED: ['revoked', 'its certificate has been revoked'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['self-signed', 'its certificate is signed by nobody but itself'],
  SELF_SIGNED_CERT_IN_CHAIN: [
    'untrusted',
    'its certificate is signed by somebody this computer does not trust',
  ],
  UNABLE_TO_GET_ISSUER_CERT: ['untrusted', 'nobody known has signed its certificate'],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['untrusted', 'nobody known has signed its certificate'],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['untrusted', 'its server leaves out part of the certificate chain'],
  ERR_TLS_CERT_ALTNAME_INVALID: ['wrong-host', 'its certificate belongs to another name'],
};

const connectionReasons: Readonly<Record<string, readonly [reason: string, words: string]>> = {
  ENOTFOUND: ['dns', 'its name is not known'],
  ENODATA: ['dns', 'its name is not known'],
  EAI_AGAIN: ['dns', 'names cannot be looked up; is this computer online?'],
  EAI_FAIL: ['dns', 'names cannot be looked up; is this computer online?'],
  ECONNREFUSED: ['refused', 'nobody answers there'],
  ECONNRESET: ['reset', 'its server broke the connection off'],
  ECONNABORTED: ['reset', 'its server broke the connection off'],
  EPIPE: ['reset', 'its server broke the connection off'],
  UND_ERR_SOCKET: ['reset', 'its server broke the connection off'],
  ENETUNREACH: ['offline', 'there is no way to its network; is this computer online?'],
  EHOSTUNREACH: ['offline', 'there is no way to its network; is this computer online?'],
  ENETDOWN: ['offline', 'the network is down'],
  EADDRNOTAVAIL: ['offline', 'there is no way to its network; is this computer online?'],
};

const timeoutCodes = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
]);

/** What went wrong before an answer was there. An EarshotError passes as it is. */
export function failureOfConnection(error: unknown, url: string): EarshotError {
  const known = knownFailure(error, url);
  if (known) return known;
  const where = describeUrl(url);
  const code = codeOf(error);
  const connection = connectionReasons[code];
  if (connection) {
    const [reason, words] = connection;
    return new EarshotError('unreachable', `${where} cannot be reached: ${words}.`, { reason }, error);
  }
  return new EarshotError(
    'bad-response',
    `The server of ${where} does not speak HTTP as it should.`,
    { reason: code || 'protocol' },
    error,
  );
}

/** What went wrong while the body was read. What came before it is good. */
export function failureOfBody(error: unknown, url: string): EarshotError {
  return (
    knownFailure(error, url) ??
    new EarshotError(
      'bad-response',
      `The answer of ${describeUrl(url)} was cut off or damaged on the way.`,
      { reason: codeOf(error).startsWith('Z_') ? 'compression' : 'cut-off' },
      error,
    )
  );
}

export function timeoutFailure(url: string, limitMs: number): EarshotError {
  return new EarshotError(
    'timeout',
    `${describeUrl(url)} took longer than ${Math.round(limitMs / 100) / 10} seconds to answer.`,
    { limitMs },
  );
}

function knownFailure(error: unknown, url: string): EarshotError | null {
  if (error instanceof EarshotError) return error;
  const where = describeUrl(url);
  const code = codeOf(error);
  if (timeoutCodes.has(code)) {
    return new EarshotError('timeout', `${where} did not answer in time.`, {}, error);
  }
  const certificate = certificateReasons[code];
  if (certificate) {
    const [reason, words] = certificate;
    return new EarshotError('tls', `No safe connection to ${where}: ${words}.`, { reason }, error);
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) {
    return new EarshotError(
      'tls',
      `No safe connection to ${where}: its server does not speak TLS as it should.`,
      { reason: 'protocol' },
      error,
    );
  }
  return null;
}

/** Trying several addresses of one name ends in an AggregateError, whose parts know more. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const { code } = error as { code?: unknown };
  if (error instanceof AggregateError) {
    const part = error.errors.map(codeOf).find((each) => each !== '');
    if (part) return part;
  }
  return typeof code === 'string' ? code : '';
}
