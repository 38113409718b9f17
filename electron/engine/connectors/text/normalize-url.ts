/** Longer addresses are no place a person could go; they are data in disguise. */
const maximumUrlLength = 8_000;

/** The absolute address, or null when it cannot be had or its scheme is not one of `schemes`. */
export function absoluteUrl(
  reference: string | null | undefined,
  base: string | null,
  schemes: readonly string[] = ['http:', 'https:'],
): string | null {
  if (reference === null || reference === undefined) return null;
  const trimmed = reference.trim();
  if (trimmed === '' || trimmed.length > maximumUrlLength) return null;
  const url = parseUrl(trimmed, base);
  return url !== null && schemes.includes(url.protocol) ? url.href : null;
}

function parseUrl(reference: string, base: string | null): URL | null {
  return URL.parse(reference, base ?? undefined) ?? URL.parse(reference);
}

const trackingParameter = /^(utm_.*|fbclid|gclid|mc_.*)$/i;

/** Links that lead through a counter or a redirector, and the parameters that hold the page they lead to. */
const redirectors: readonly {
  readonly host: RegExp;
  readonly path: RegExp;
  readonly parameters: readonly string[];
}[] = [
  { host: /^(www\.)?google(\.com?)?\.[a-z]{2,3}$/, path: /^\/url$/, parameters: ['url', 'q'] },
  { host: /^(l|lm)\.facebook\.com$/, path: /^\/l\.php$/, parameters: ['u'] },
  { host: /^l\.instagram\.com$/, path: /^\/$/, parameters: ['u'] },
  { host: /^(www\.)?youtube\.com$/, path: /^\/redirect$/, parameters: ['q'] },
  { host: /^(www\.)?bing\.com$/, path: /^\/news\/apiclick\.aspx$/i, parameters: ['url'] },
  { host: /^(alerts\.)?talkwalker\.com$/, path: /./, parameters: ['url', 'u'] },
];

/** The page that a redirector's link leads to (Google Alerts wraps every one); else the link itself. */
export function unwrapUrl(href: string): string {
  const url = URL.parse(href);
  if (url === null) return href;
  const known = redirectors.find(({ host, path }) => host.test(url.hostname) && path.test(url.pathname));
  for (const name of known?.parameters ?? []) {
    const target = url.searchParams.get(name);
    if (target !== null && /^https?:\/\//i.test(target)) return absoluteUrl(target, null) ?? href;
  }
  return href;
}

/**
 * One spelling for addresses that open the same page: for comparing, never for opening. Scheme and host in
 * lower case, no default port, fragment or campaign parameters, the query sorted, known redirectors unwrapped.
 */
export function normalizeUrl(href: string): string {
  const url = URL.parse(unwrapUrl(href.trim()));
  if (url === null) return href.trim();
  url.hash = '';
  const parameters = [...url.searchParams].filter(([name]) => !trackingParameter.test(name));
  if (parameters.length !== url.searchParams.size || parameters.length > 1) {
    parameters.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    url.search = new URLSearchParams(parameters).toString();
  }
  return url.href;
}

/** For messages and logs: the query may hold a private token, so only its presence is shown. */
export function redactUrl(href: string): string {
  const url = URL.parse(href);
  if (url === null) return 'an address that cannot be read';
  return `${url.protocol}//${url.host}${url.pathname}${url.search === '' ? '' : '?…'}`;
}
