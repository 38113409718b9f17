import type { WritableStore } from '../store.ts';

export interface SeenAuthor {
  readonly platform: string;
  readonly key: string;
  readonly name: string;
  readonly handle: string | null;
  readonly url: string | null;
}

/** Notes the person, or what they call themselves now, and gives their row. */
export function saveAuthor(store: WritableStore, author: SeenAuthor, at: number): number {
  const known = store.get<{ id: number; name: string; handle: string | null; url: string | null }>(
    'SELECT id, name, handle, url FROM authors WHERE platform = ? AND key = ?',
    author.platform,
    author.key,
  );
  if (!known) {
    return store.run(
      'INSERT INTO authors (platform, key, name, handle, url, first_seen_at) VALUES (?, ?, ?, ?, ?, ?)',
      author.platform,
      author.key,
      author.name,
      author.handle,
      author.url,
      at,
    ).lastInsertRowid;
  }
  const name = author.name === '' ? known.name : author.name;
  const handle = author.handle ?? known.handle;
  const url = author.url ?? known.url;
  if (name !== known.name || handle !== known.handle || url !== known.url) {
    store.run('UPDATE authors SET name = ?, handle = ?, url = ? WHERE id = ?', name, handle, url, known.id);
  }
  return known.id;
}
