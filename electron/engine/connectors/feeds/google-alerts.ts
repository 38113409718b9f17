/** Whoever knows the path reads the alert, and with it what somebody listens for. */
export function isGoogleAlert(url: string): boolean {
  const { hostname, pathname } = new URL(url);
  return /^(www\.)?google(\.com?)?\.[a-z]{2,3}$/.test(hostname) && pathname.startsWith('/alerts/feeds/');
}
