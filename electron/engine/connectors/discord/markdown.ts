import type { Document } from '../../../../shared/model/document.ts';
import { markdownToDocument } from '../text/markdown-to-document.ts';

/** Names by id, for the tokens that stand for people, roles and channels in a message. */
export interface TokenNames {
  readonly users: ReadonlyMap<string, string>;
  readonly roles: ReadonlyMap<string, string>;
  readonly channels: ReadonlyMap<string, string>;
}

const fencedOrInlineCode = /(```[\s\S]*?```|``[^\n]*?``|`[^`\n]+`)/;

/** Discord's Markdown as a document: tokens become what a reader sees, and what looks like HTML is plain text there. */
export function discordToDocument(content: string, names: TokenNames): Document {
  const markdown = content
    .split(fencedOrInlineCode)
    // Every second piece is code, in which nothing has a meaning.
    .map((piece, place) => (place % 2 === 1 ? fenced(piece) : readable(piece, names)))
    .join('');
  return markdownToDocument(markdown, null, { keepsLineEnds: true });
}

/** A fence may begin behind text there; elsewhere it needs a line of its own. */
function fenced(code: string): string {
  if (!code.startsWith('```')) return code;
  const inside = code.slice(3, -3);
  const [language = '', ...rest] = inside.split('\n');
  const hasLanguage = rest.length > 0 && /^[\w+-]*$/.test(language);
  return `\n\`\`\`\n${hasLanguage ? rest.join('\n') : inside}\n\`\`\`\n`;
}

const token =
  /<@!?(?<user>\d+)>|<@&(?<role>\d+)>|<#(?<channel>\d+)>|<a?:(?<emoji>\w+):\d+>|<t:(?<time>-?\d{1,13})(?::[a-zA-Z])?>|<\/(?<command>[^:<>]+):\d+>|<id:(?<place>\w+)>|<(?<address>https?:\/\/[^\s<>]+)>|(?<entity>&(?=#?\w+;))|(?<angle><)/g;

function readable(text: string, names: TokenNames): string {
  return text
    .replace(token, (whole, ...rest) => {
      const found = rest.at(-1) as Readonly<Record<string, string | undefined>>;
      const { user, role, channel, emoji, time, command, place, address, entity } = found;
      if (user !== undefined) return escaped(`@${names.users.get(user) ?? 'somebody'}`);
      if (role !== undefined) return escaped(`@${names.roles.get(role) ?? 'role'}`);
      if (channel !== undefined) return escaped(`#${names.channels.get(channel) ?? 'channel'}`);
      if (emoji !== undefined) return escaped(`:${emoji}:`);
      if (time !== undefined) return readableTime(Number(time)) ?? '';
      if (command !== undefined) return escaped(`/${command}`);
      if (place !== undefined) return escaped(`#${place}`);
      if (address !== undefined) return whole;
      return entity === undefined ? '&lt;' : '&amp;';
    })
    .replaceAll('||', '')
    .replace(/^-# /gm, '');
}

/** In UTC: who wrote it and who reads it may live apart. */
function readableTime(seconds: number): string | null {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return null;
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** A name is no markup, whatever signs are in it. */
function escaped(name: string): string {
  return name.replace(/[\\`*_~[\]()<>|]/g, (sign) => (sign === '<' ? '&lt;' : `\\${sign}`));
}
