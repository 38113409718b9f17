import { describe, expect, test } from 'vitest';
import { createAnalyser } from '../../../../electron/engine/analysis/analyse.ts';
import { sampleConnector } from '../../../../electron/engine/connectors/sample/connector.ts';
import { sampleWorkspace } from '../../../../electron/engine/connectors/sample/sample-workspace.ts';
import { createMatcher } from '../../../../shared/query/matcher.ts';
import { parseQuery } from '../../../../shared/query/parse.ts';
import type { QueryTarget } from '../../../../shared/query/query.ts';
import { documentText } from '../../../../shared/text/document-text.ts';
import { listen, someMorning } from './listen.ts';

async function targets(): Promise<(QueryTarget & { platform: string })[]> {
  const found = [];
  for (const source of sampleWorkspace.sources) {
    for (const item of (await listen(source.settings.channel, someMorning)).items) {
      found.push({
        platform: item.platform,
        title: item.title,
        text: documentText(item.document),
        authorName: item.author.name,
        authorHandle: item.author.handle,
        url: item.url,
        language: item.language,
        sourceName: source.name,
      });
    }
  }
  return found;
}

function matcherOfTrackers() {
  return createMatcher(
    sampleWorkspace.trackers.map(({ name, query }) => {
      const parsed = parseQuery(query);
      if (!parsed.isValid) throw new Error(`${name}: ${parsed.mistake.message}`);
      return { id: name, root: parsed.root };
    }),
  );
}

describe('the sample workspace', () => {
  test('holds trackers and sources that its own connector and language accept', () => {
    const names = sampleWorkspace.trackers.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const source of sampleWorkspace.sources) {
      expect(source.connector).toBe(sampleConnector.info.id);
      expect(sampleConnector.settingsSchema.safeParse(source.settings).success).toBe(true);
      for (const name of source.trackerNames ?? []) expect(names).toContain(name);
    }
    expect(sampleWorkspace.sources.some(({ trackerNames }) => trackerNames === undefined)).toBe(true);
    expect(sampleWorkspace.sources.some(({ trackerNames }) => trackerNames !== undefined)).toBe(true);
  });

  test('every tracker finds a good handful, and the brand most of what is said on the micro-blog', async () => {
    const matcher = matcherOfTrackers();
    const counts = new Map<string, number>();
    const all = await targets();
    for (const target of all) {
      for (const { id } of matcher.match(target)) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    for (const { name } of sampleWorkspace.trackers) expect(counts.get(name) ?? 0, name).toBeGreaterThan(8);
    const posts = all.filter(({ platform }) => platform === 'blurtle');
    const kept = posts.filter((post) => matcher.match(post).length > 0);
    expect(kept.length).toBeGreaterThan(posts.length * 0.85);
    expect(kept.length).toBeLessThan(posts.length);
  });

  test('finds the brand in every script it is written in, and leaves most of the birds out', () => {
    const matcher = matcherOfTrackers();
    const matches = (text: string): boolean =>
      matcher
        .match({
          title: null,
          text,
          authorName: 'Kit',
          authorHandle: 'kit',
          url: 'https://blurtle.example/@kit/1',
          language: null,
          sourceName: 'Blurtle',
        })
        .some(({ id }) => id === 'Hawfinch');
    expect(matches('My #hawfinch has survived a toddler')).toBe(true);
    expect(matches('今日ホーフィンチを買いました')).toBe(true);
    expect(matches('دفتر هوفينش رائع')).toBe(true);
    expect(matches('Hawfinch on the feeder! What a beak')).toBe(false);
    expect(matches('ein Kernbeißer (hawfinch) #vögel')).toBe(false);
  });

  test('is glad, angry and neither, each often enough to show', async () => {
    const analyser = createAnalyser();
    const labels = new Map<string, number>();
    const all = await targets();
    for (const target of all) {
      const { label } = analyser.analyse(target.text, target.language).sentiment;
      labels.set(label, (labels.get(label) ?? 0) + 1);
    }
    for (const label of ['positive', 'neutral', 'negative']) {
      expect(labels.get(label) ?? 0, label).toBeGreaterThan(all.length * 0.1);
    }
  });
});
