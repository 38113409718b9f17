import { EarshotError } from '../../../../shared/contract/errors.ts';
import { eachInTurn } from '../each-in-turn.ts';
import { allSearchTerms } from '../text/search-terms.ts';
import { createPollState, type PollState } from './poll-state.ts';
import { pollDeletions, pollDiscussions, pollDiscussionSearch } from './read-discussions.ts';
import { pollInbox, pollRepository, pollSearch } from './read-threads.ts';
import type { GitHubPage, GitHubPollContext } from './settings.ts';

/** A search takes 256 characters of words and five operators. */
const longestWords = 200;
const mostWords = 5;
const deletionsEveryMs = 5 * 60_000;

export async function* pollGitHub(context: GitHubPollContext): AsyncGenerator<GitHubPage> {
  const { what, repositories = '' } = context.settings;
  const state = createPollState(context);
  // What this very poll brings needs no second look.
  const isDue = context.now() - (context.cursor?.lookedAt ?? context.now()) >= deletionsEveryMs;
  if (isDue) yield* pollDeletions(state);
  else if (context.cursor === null) state.markLookedAt();
  const names = repositories.split(' ').filter((name) => name !== '');
  const warned = (warning: EarshotError): GitHubPage => state.page([], undefined, { warning });
  switch (what) {
    case 'inbox':
      return yield* pollInbox(state);
    case 'repository':
      return yield* eachInTurn(names, (name) => pollRepository(state, name), warned);
    case 'discussions':
      if (names.length === 0) return yield* searchDiscussions(state);
      return yield* eachInTurn(names, (name) => pollDiscussions(state, name), warned);
    case 'search':
      return yield* search(state);
  }
}

async function* search(state: PollState): AsyncGenerator<GitHubPage> {
  const { phrases, warning } = phrasesOf(state);
  const groups: string[][] = [];
  for (const phrase of phrases) {
    const last = groups.at(-1);
    const isRoom = last && last.length < mostWords && [...last, phrase].join(' OR ').length <= longestWords;
    if (isRoom) last.push(phrase);
    else groups.push([phrase]);
  }
  const searches = groups.map((group) => (group.length === 1 ? (group[0] ?? '') : `(${group.join(' OR ')})`));
  for (const words of state.inTurn(searches)) {
    state.markAsked(words);
    yield* pollSearch(state, words, 'issue');
    yield* pollSearch(state, words, 'pr');
  }
  if (warning !== null) yield state.page([], undefined, { warning });
}

async function* searchDiscussions(state: PollState): AsyncGenerator<GitHubPage> {
  const { phrases, warning } = phrasesOf(state);
  for (const phrase of state.inTurn(phrases)) {
    state.markAsked(phrase);
    yield* pollDiscussionSearch(state, phrase);
  }
  if (warning !== null) yield state.page([], undefined, { warning });
}

function phrasesOf({ context }: PollState): { phrases: readonly string[]; warning: EarshotError | null } {
  if (context.queries.length === 0) {
    throw new EarshotError(
      'unsupported',
      'There is nothing to search GitHub for yet. Add a tracker with a name or a word.',
    );
  }
  const { terms, unsearchable } = allSearchTerms(context.queries);
  const warning =
    unsearchable === 0
      ? null
      : new EarshotError(
          'unsupported',
          `${unsearchable === 1 ? 'A tracker names' : `${unsearchable} trackers name`} no word that GitHub could search for. Add a name or a word to every part of the query.`,
          { count: unsearchable },
        );
  if (terms.length === 0 && warning !== null) throw warning;
  return { phrases: terms.map(({ text }) => `"${text.slice(0, longestWords - 2)}"`), warning };
}
