import { EarshotError } from '../../../shared/contract/errors.ts';

/** Secrets that were in use since the start, so that none stands where it must not: a platform may send one back in an error. */
export interface KnownSecrets {
  learn(texts: readonly string[]): void;
  /** The same plain value with every secret in its texts left out. */
  strip<Value>(value: Value): Value;
  /** The same kind of error; itself when there is nothing in it. */
  stripError(error: unknown): unknown;
}

/** Shorter ones would be found in ordinary words. */
const shortest = 6;
/** Where nobody says what is secret: beyond `Bearer` and its like. */
const shortestGuessed = 8;
/** Of renewals over months; the oldest ones have long stopped working. */
const mostKept = 2_000;
const leftOut = '(left out)';

export function createKnownSecrets(): KnownSecrets {
  const known = new Set<string>();

  function learn(texts: readonly string[]): void {
    for (const text of texts) {
      if (text.length < shortest) continue;
      for (const form of [text, encodeURIComponent(text.toWellFormed())]) {
        // Anew at the end: what is in use is not the oldest.
        known.delete(form);
        known.add(form);
      }
    }
    for (const oldest of known) {
      if (known.size <= mostKept) break;
      known.delete(oldest);
    }
  }

  function stripText(text: string): string {
    let stripped = text;
    for (const secret of known) {
      if (stripped.includes(secret)) stripped = stripped.replaceAll(secret, leftOut);
    }
    return stripped;
  }

  function strip<Value>(value: Value): Value {
    return stripUnknown(value) as Value;
  }

  function stripUnknown(value: unknown): unknown {
    if (typeof value === 'string') return stripText(value);
    if (value instanceof Error) return stripError(value);
    if (Array.isArray(value)) return value.map(stripUnknown);
    if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) {
      return value;
    }
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [stripText(key), stripUnknown(inner)]),
    );
  }

  function stripError(error: unknown): unknown {
    if (!(error instanceof Error)) return stripUnknown(error);
    const cause = error.cause === undefined ? undefined : stripUnknown(error.cause);
    const message = stripText(error.message);
    const stack = stripText(error.stack ?? '');
    const details = error instanceof EarshotError ? strip(error.details) : {};
    const isClean =
      message === error.message &&
      stack === (error.stack ?? '') &&
      cause === error.cause &&
      (!(error instanceof EarshotError) || JSON.stringify(details) === JSON.stringify(error.details));
    if (isClean) return error;
    const stripped =
      error instanceof EarshotError
        ? new EarshotError(error.code, message, details, cause)
        : Object.assign(new Error(message, cause === undefined ? undefined : { cause }), {
            name: error.name,
          });
    return Object.defineProperty(stripped, 'stack', { value: stack, configurable: true, writable: true });
  }

  return { learn, strip, stripError };
}

/**
 * The texts in credentials that would let somebody in, and not those that only say where and as whom: addresses,
 * identifiers of their own kind, and what `plain` (identity, settings) says openly.
 */
export function secretTextsIn(credentials: unknown, plain: unknown = null): string[] {
  const open = new Set(textsIn(plain));
  return textsIn(credentials).filter(
    (text) => text.length >= shortestGuessed && !open.has(text) && !/^(https?:\/\/|did:)|\s/.test(text),
  );
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  // `kind` tells one shape of credentials from another, in words that stand in messages too.
  return Object.entries(value).flatMap(([key, inner]) => (key === 'kind' ? [] : textsIn(inner)));
}
