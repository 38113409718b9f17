import { type Token, tokenize } from './tokens.ts';

/** The host that `site:` compares: of an http address, in lower case, without `www.`; null where there is none. */
export function hostOfUrl(url: string | null): string | null {
  const found = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(url ?? '');
  return found === null ? null : (found[1] as string).toLowerCase().replace(/^www\.|\.$/g, '');
}

/** Whether `site:value` holds: the very host or one below it. */
export function isHostWithin(host: string | null, value: string): boolean {
  return host !== null && (host === value || host.endsWith(`.${value}`));
}

/** Whether a mention's language is the one that `lang:value` names; `pt-BR` counts as `pt`. */
export function isLanguage(language: string | null, value: string): boolean {
  return language !== null && language.toLowerCase().split(/[-_]/, 1)[0] === value;
}

/** Where the words of `from:` or `source:` stand side by side in a name; null when they do not. */
export function findInName(tokens: readonly Token[], value: string): Token | null {
  const words = value.split(' ');
  for (let at = 0; at + words.length <= tokens.length; at++) {
    if (!words.every((word, index) => tokens[at + index]?.text === word)) continue;
    const first = tokens[at] as Token;
    const last = tokens[at + words.length - 1] as Token;
    return { text: value, start: first.start, end: last.end };
  }
  return null;
}

/** What `from:` looks through: the words of the name, then those of the handle. */
export function authorTokens(name: string, handle: string | null): { name: Token[]; handle: Token[] } {
  return { name: tokenize(name), handle: handle === null ? [] : tokenize(handle) };
}
