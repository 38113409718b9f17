import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { OutgoingMedia } from '../connector.ts';
import type { SlackApi } from './api.ts';
import { uploadSchema } from './wire.ts';

/** Files at Slack that nobody sees yet; their ids. Slack throws away what no message takes. */
export async function uploadFiles(api: SlackApi, media: readonly OutgoingMedia[]): Promise<string[]> {
  const ids: string[] = [];
  for (const { name, alt, type, bytes } of media) {
    const isDescribed = alt !== '' && type.startsWith('image/');
    const { upload_url, file_id } = await api.submit(
      'files.getUploadURLExternal',
      { filename: name, length: bytes.length, ...(isDescribed ? { alt_txt: alt } : {}) },
      uploadSchema,
    );
    await api.upload(upload_url, bytes);
    ids.push(file_id);
  }
  return ids;
}

/**
 * One message with all of them and the text. A second call with the same files is refused, and Slack shows the message a
 * moment later, so its `ts` is not known yet.
 */
export async function postFiles(
  api: SlackApi,
  message: {
    readonly channel: string;
    readonly thread_ts: string;
    readonly text: string;
    readonly files: readonly string[];
  },
): Promise<void> {
  const { channel, thread_ts, text, files } = message;
  await api.write(
    'files.completeUploadExternal',
    {
      files: files.map((id) => ({ id })),
      channel_id: channel,
      thread_ts,
      ...(text === '' ? {} : { initial_comment: text }),
    },
    z.unknown(),
  );
}

export function notShownYet(): EarshotError {
  return new EarshotError(
    'outcome-unknown',
    'Slack has taken the files and does not show them yet. Earshot looks for them.',
  );
}
