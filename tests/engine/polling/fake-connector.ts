import { z } from 'zod';
import { listensOnly, listensOnlyCapabilities } from '../../../electron/engine/connectors/listens-only.ts';
import type {
  Connector,
  IncomingMention,
  PollContext,
  PollPage,
} from '../../../electron/engine/connectors/connector.ts';

export interface FakeSettings {
  readonly name: string;
  /** Null: it asks nobody. */
  readonly host?: string | null | undefined;
}
type FakeCursor = number;
export type FakePoll = (
  context: PollContext<FakeSettings, FakeCursor>,
) => AsyncIterable<PollPage<FakeSettings, FakeCursor>>;

export interface FakePlatform {
  readonly connector: Connector;
  /** What was polled, in order of starting. */
  readonly polls: string[];
  running(): number;
  mostRunning(): number;
  /** How the source of that name answers; one empty page unless told. */
  answer(name: string, poll: FakePoll): void;
}

/** A platform that a test plays. */
export function fakePlatform(
  options: {
    readonly listens?: 'follow' | 'search';
    readonly isChat?: boolean;
    readonly minimumIntervalMs?: number;
    readonly id?: string;
  } = {},
): FakePlatform {
  const polls: string[] = [];
  const answers = new Map<string, FakePoll>();
  let running = 0;
  let most = 0;
  const connector: Connector<FakeSettings, FakeCursor> = {
    info: {
      id: options.id ?? 'fake',
      name: 'Fake',
      summary: 'A platform for tests.',
      platforms: [{ id: 'fake', name: 'Fake' }],
      capabilities: {
        listens: options.listens ?? 'follow',
        ...listensOnlyCapabilities,
        isChat: options.isChat ?? false,
        replyNote: null,
        minimumIntervalMs: options.minimumIntervalMs ?? 600_000,
      },
      settings: [],
      ...listensOnly,
    },
    settingsSchema: z.object({ name: z.string().min(1), host: z.string().nullable().optional() }),
    cursorSchema: z.number(),
    hostOf: ({ name, host }) => (host === undefined ? `${name}.example` : host),
    describe: ({ name }) => ({ name, url: `https://${name}.example/` }),
    async *poll(context) {
      const { name } = context.settings;
      polls.push(name);
      running += 1;
      most = Math.max(most, running);
      try {
        yield* (answers.get(name) ?? onePage())(context);
      } finally {
        running -= 1;
      }
    },
  };
  return {
    connector: connector as unknown as Connector,
    polls,
    running: () => running,
    mostRunning: () => most,
    answer: (name, poll) => void answers.set(name, poll),
  };
}

export function onePage(items: readonly IncomingMention[] = [], cursor = 1): FakePoll {
  return async function* () {
    yield { items, cursor };
  };
}

export function failing(error: unknown): FakePoll {
  // oxlint-disable-next-line require-yield -- it fails before its first page
  return async function* () {
    throw error;
  };
}

/** Never answers and heeds no signal. */
export function hanging(): FakePoll {
  return () => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) });
}

export function anItem(
  key: string,
  text = `about ${key}`,
  publishedAt: number | null = null,
): IncomingMention {
  return {
    key,
    externalId: key,
    platform: 'fake',
    kind: 'post',
    title: null,
    document: [{ type: 'paragraph', children: [{ type: 'text', text }] }],
    url: `https://fake.example/${key}`,
    author: { key: 'kate', name: 'Kate', handle: 'kate', url: null },
    publishedAt,
    rootKey: key,
    parentKey: null,
    conversationTitle: null,
    language: null,
  };
}
