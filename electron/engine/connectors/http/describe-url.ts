const maxLength = 160;

/**
 * An address as it may stand in a message or a log: without credentials, and without the query, which in
 * feed addresses is often a secret.
 */
export function describeUrl(url: string): string {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    // Not an address at all: nothing to take apart, so nothing of it is shown.
    return 'the address';
  }
  const path = parsed.pathname === '/' ? '' : parsed.pathname;
  const text = `${parsed.host}${path}${parsed.search === '' ? '' : '?…'}`;
  return text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text;
}
