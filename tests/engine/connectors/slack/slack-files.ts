import type { StandInAnswer, StandInRequest } from '../conformance/stand-in-server.ts';
import { checkEscaped, no, ok } from './slack-played.ts';

type Arguments = ReadonlyMap<string, unknown>;
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

interface PlayedFile {
  readonly id: string;
  readonly name: string;
  readonly length: number;
  readonly alt: string;
  bytes: Buffer | null;
  isShared: boolean;
}
export interface PlayedFiles {
  readonly all: readonly PlayedFile[];
  /** What is posted with files is shown only when `show` is called: Slack takes its time. */
  isSlow: boolean;
  show(): void;
  /** Files that no message took are thrown away. */
  forget(): void;
  getUploadUrl(args: Arguments, base: string): StandInAnswer;
  receive(request: StandInRequest): StandInAnswer;
  complete(args: Arguments, post: (text: string, files: readonly object[]) => void): StandInAnswer;
}

/** Slack's uploads: an address for each file, its bytes, and one message that takes them. */
export function playFiles(): PlayedFiles {
  const all: PlayedFile[] = [];
  let held: (() => void)[] = [];
  const files: PlayedFiles = {
    all,
    isSlow: false,
    show() {
      for (const show of held) show();
      held = [];
    },
    forget() {
      for (const file of all) if (!file.isShared) file.bytes = null;
    },
    getUploadUrl(args, base) {
      const name = textOf(args.get('filename'));
      const length = Number(args.get('length'));
      if (name === '' || !Number.isInteger(length) || length < 1) return no('invalid_arguments');
      const alt = textOf(args.get('alt_txt'));
      if (alt.length > 1_000) return no('alt_txt_too_large');
      const id = `F0${all.length}FILE`;
      all.push({ id, name, length, alt, bytes: null, isShared: false });
      return ok({ upload_url: `${base}/upload/v1/Secret-${id}`, file_id: id });
    },
    receive({ path, headers, body }) {
      if (headers['authorization'] !== undefined) throw new Error('The token went to the upload.');
      const file = all.find(({ id }) => path === `/upload/v1/Secret-${id}`);
      if (!file || body.length !== file.length) return { status: 400, body: 'bad request' };
      file.bytes = body;
      return { status: 200, body: `OK - ${body.length}` };
    },
    complete(args, post) {
      const asked = args.get('files') as { id: string }[];
      const taken = asked.flatMap(({ id }) => all.filter((file) => file.id === id && file.bytes !== null));
      // It can be called only once.
      if (taken.length !== asked.length || taken.some(({ isShared }) => isShared))
        return no('file_not_found');
      const text = textOf(args.get('initial_comment'));
      checkEscaped(text);
      for (const file of taken) file.isShared = true;
      held.push(() =>
        post(
          text,
          taken.map(({ id, name }) => ({ id, name, title: name })),
        ),
      );
      if (!files.isSlow) files.show();
      return ok({ files: asked.map(({ id }) => ({ id, title: 'x', shares: {} })) });
    },
  };
  return files;
}
