import { EarshotError } from '../../../shared/contract/errors.ts';
import type { MediaLimit } from '../../../shared/contract/methods/connectors.ts';
import type { TextLimit } from '../../../shared/model/text-limit.ts';
import { type TextMeasure, measureText } from '../../../shared/text/count-text.ts';
import { splitThread } from '../../../shared/text/split-thread.ts';
import { identityOf } from '../accounts/stored-identity.ts';
import type { Connector } from '../connectors/connector.ts';
import type { AccountRecord } from '../store/queries/accounts.ts';
import { findAttachment, type UsedAttachment } from '../store/queries/attachments.ts';
import type { ReadableStore } from '../store/store.ts';

const mostParts = 25;

export function invalid(
  path: string,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): EarshotError {
  return new EarshotError('invalid-input', message, { issues: [{ path, message }], ...details });
}

/** What is sent of what was typed: no blank lines around it, no half characters. */
export function tidyText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\0', '')
    .replace(/^(?:[^\S\n]*\n)+/u, '')
    .trimEnd();
}

export function textLimitOf(connector: Connector, account: AccountRecord): TextLimit | null {
  return identityOf(account).textLimit ?? connector.info.capabilities.text;
}

/** The parts that go out, each within the limit, the first one with what stands before it. Throws `invalid-input` with count and limit. */
export function partsOf(
  text: string,
  limit: TextLimit | null,
  isThread: boolean,
  platform: string,
  opening: string,
): readonly string[] {
  if (limit === null) return [text];
  const measure = measureText(opening + text, limit);
  if (!measure.isOver) return [text];
  if (!isThread)
    throw tooLong(
      measure,
      `${platform} takes at most ${amount(measure)}. Shorten it, or split it into a thread.`,
    );
  const parts = splitThread(text, limit, opening);
  const over = parts.map((part) => measureText(part, limit)).find(({ isOver }) => isOver);
  if (over) {
    throw tooLong(
      over,
      `A single address or name in it is longer than the ${amount(over)} of a part. Shorten that.`,
    );
  }
  if (parts.length > mostParts) {
    throw tooLong(
      measure,
      `That would be a thread of ${parts.length} parts; ${mostParts} are the most. Shorten it.`,
    );
  }
  return parts;
}

function tooLong({ unit, count, most }: TextMeasure, advice: string): EarshotError {
  return invalid('text', `This is too long: ${amount({ unit, most: count })}. ${advice}`, {
    unit,
    count,
    most,
  });
}

function amount({ unit, most }: Pick<TextMeasure, 'unit' | 'most'>): string {
  return `${most} ${unit === 'bytes' ? 'bytes' : 'characters'}`;
}

/** Throws `invalid-input` for what the platform would refuse. Without descriptions there, they are left out. */
export function checkAttachments(
  store: ReadableStore,
  used: readonly UsedAttachment[],
  limit: MediaLimit | null,
  platform: string,
): readonly UsedAttachment[] {
  if (used.length === 0) return [];
  if (limit === null) throw invalid('attachments', `${platform} takes no files with a reply. Remove them.`);
  if (used.length > limit.mostFiles) {
    throw invalid(
      'attachments',
      `${platform} takes at most ${limit.mostFiles} files; these are ${used.length}. Remove some.`,
      {
        count: used.length,
        most: limit.mostFiles,
      },
    );
  }
  return used.map((attachment, index) => {
    const { name, type, size } = findAttachment(store, attachment.attachmentId);
    const path = `attachments.${index}`;
    if (!limit.types.includes(type)) {
      throw invalid(path, `${platform} does not take ${name} (${type}). It takes ${limit.types.join(', ')}.`);
    }
    if (size > limit.mostBytes) {
      throw invalid(
        path,
        `${name} has ${sizeInWords(size)}; ${platform} takes at most ${sizeInWords(limit.mostBytes)}. Make it smaller.`,
        { count: size, most: limit.mostBytes },
      );
    }
    if (limit.mostAlt === null) return { ...attachment, alt: '' };
    const length = attachment.alt.length;
    if (length > limit.mostAlt) {
      throw invalid(
        `${path}.alt`,
        `The description of ${name} has ${length} characters; ${platform} takes at most ${limit.mostAlt}. Shorten it.`,
        { count: length, most: limit.mostAlt },
      );
    }
    return attachment;
  });
}

function sizeInWords(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
