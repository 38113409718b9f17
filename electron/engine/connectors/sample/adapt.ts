import type { Block } from '../../../../shared/model/document.ts';
import type { MentionKind } from '../../../../shared/model/mention.ts';
import type { IncomingMention } from '../connector.ts';
import type { Performance, World } from './calendar.ts';
import { chanceOf, hashOf, shuffled } from './chance.ts';
import { readMarkup } from './markup.ts';
import { peopleFor, type Person } from './people.ts';
import { phrase } from './phrasing.ts';
import type { ChannelId, Turn } from './story.ts';

/** The item that a turn writes or rewrites, as its platform would give it. */
export function mentionOf(world: World, performance: Performance, turnIndex: number): IncomingMention {
  const { story, spokenAt } = performance;
  const turn = turnAt(performance, turnIndex);
  const channel = turn.channel;
  const item = itemIndexOf(performance, turnIndex);
  const root = story.turns.findIndex((other) => other.channel === channel);
  const title = titleOf(world, performance, root);
  const author = authorOf(world, performance, turn);
  const answered = channel === 'blurtle' ? previousItem(performance, item) : root;
  return {
    key: keyOf(world, performance, item),
    externalId: idOf(world, performance, item),
    platform: channel,
    kind: kindOf(channel, item === root),
    title: item === root ? title : null,
    document: documentOf(world, performance, turnIndex),
    url: urlOf(world, performance, item),
    author: {
      key: `${channel}:${author.handle}`,
      name: author.name,
      handle: channel === 'widget' ? null : author.handle,
      url: `${origins[channel]}${channel === 'blurtle' ? '/@' : '/people/'}${author.handle}`,
    },
    publishedAt: spokenAt[item] ?? null,
    rootKey: keyOf(world, performance, root),
    parentKey: item === root ? null : keyOf(world, performance, answered),
    conversationTitle: title,
    // Micro-blogs and papers say the language; forums and review sites leave it to the reader.
    language: channel === 'blurtle' || channel === 'widget' ? story.language : null,
  };
}

/** The turn that wrote what this turn rewrites; itself, unless it is an edit. */
export function itemIndexOf(performance: Performance, turnIndex: number): number {
  const turn = turnAt(performance, turnIndex);
  if (!turn.isEdit) return turnIndex;
  return performance.story.turns.findIndex(
    (other) => other.role === turn.role && other.channel === turn.channel,
  );
}

export function keyOf(world: World, performance: Performance, item: number): string {
  return `${turnAt(performance, item).channel}:${idOf(world, performance, item)}`;
}

const origins: Readonly<Record<ChannelId, string>> = {
  blurtle: 'https://blurtle.example',
  inkpond: 'https://inkpond.example',
  fivemoons: 'https://fivemoons.example',
  widget: 'https://morningwidget.example',
};

const handleLinks = {
  handle: (name: string) => `${origins.blurtle}/@${name}`,
  tag: (name: string) => `${origins.blurtle}/tag/${encodeURIComponent(name)}`,
};

function documentOf(world: World, performance: Performance, turnIndex: number): readonly Block[] {
  const turn = turnAt(performance, turnIndex);
  const links = turn.channel === 'blurtle' ? handleLinks : null;
  const document = readMarkup(bodyOf(world, performance, turnIndex), links);
  const { moons } = turnAt(performance, itemIndexOf(performance, turnIndex));
  if (moons === null) return document;
  const rating = '🌕'.repeat(moons) + '🌑'.repeat(5 - moons);
  return [{ type: 'paragraph', children: [{ type: 'text', text: rating }] }, ...document];
}

/** In a body `{=}` stands for what the turn edits, `{title}` and `{link}` for the story's first item. */
function bodyOf(world: World, performance: Performance, turnIndex: number): string {
  const item = itemIndexOf(performance, turnIndex);
  const { body } = turnAt(performance, turnIndex);
  const chosen = phrase(body, chanceOf(world.seed, performance.key, turnIndex, 'words'));
  return chosen
    .replace('{=}', () => (item === turnIndex ? '' : bodyOf(world, performance, item)))
    .replace('{title}', () => titleOf(world, performance, 0) ?? '')
    .replace('{link}', () => urlOf(world, performance, 0));
}

function titleOf(world: World, performance: Performance, root: number): string | null {
  const { title } = turnAt(performance, root);
  return title === null ? null : phrase(title, chanceOf(world.seed, performance.key, 'title'));
}

function authorOf(world: World, performance: Performance, turn: Turn): Person {
  const { story, key } = performance;
  // Everybody stands in one row; each role of the story takes the next, so that no two roles are one person.
  const roles = [...new Set(story.turns.map((other) => other.role))];
  const people = peopleFor(turn.channel, story.language, turn.role);
  const row = shuffled(people, chanceOf(world.seed, key, 'people', people.length));
  const person = row[roles.indexOf(turn.role) % row.length];
  if (!person) throw new RangeError(`nobody speaks ${story.language} on ${turn.channel}`);
  return person;
}

function idOf(world: World, performance: Performance, item: number): string {
  const { channel } = turnAt(performance, item);
  const number = hashOf(`${world.seed}/${performance.key}/${performance.story.id}/${item}`);
  return channel === 'fivemoons' ? number.toString(36) : String(number);
}

function urlOf(world: World, performance: Performance, item: number): string {
  const turn = turnAt(performance, item);
  const { channel } = turn;
  const root = performance.story.turns.findIndex((other) => other.channel === channel);
  const id = idOf(world, performance, item);
  if (channel === 'blurtle') return `${origins.blurtle}/@${authorOf(world, performance, turn).handle}/${id}`;
  const rootId = idOf(world, performance, root);
  const slug = slugOf(titleOf(world, performance, root) ?? '');
  if (channel === 'widget') return `${origins.widget}/${slug}-${rootId.slice(-5)}`;
  if (channel === 'fivemoons')
    return `${origins.fivemoons}/review/${rootId}${item === root ? '' : `#reply-${id}`}`;
  return `${origins.inkpond}/t/${slug}/${rootId}${item === root ? '' : `#post-${id}`}`;
}

function slugOf(title: string): string {
  return title
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
}

function kindOf(channel: ChannelId, isRoot: boolean): MentionKind {
  if (!isRoot) return 'comment';
  if (channel === 'fivemoons') return 'review';
  return channel === 'widget' ? 'article' : 'post';
}

function previousItem(performance: Performance, item: number): number {
  const { turns } = performance.story;
  const { channel } = turnAt(performance, item);
  return turns.findLastIndex((other, index) => index < item && !other.isEdit && other.channel === channel);
}

function turnAt(performance: Performance, index: number): Turn {
  const turn = performance.story.turns[index];
  if (!turn) throw new RangeError(`${performance.story.id} has no turn ${index}`);
  return turn;
}
