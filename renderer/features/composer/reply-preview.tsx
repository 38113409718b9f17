import { useMemo } from 'react';
import { Avatar } from '../../ui/avatar.tsx';
import { DocumentView } from '../../ui/document-view.tsx';
import type { LocalDraft } from './draft-keeper.ts';
import { previewDocument } from './preview-document.ts';
import css from './reply-preview.module.css';

/** The reply as readers will have it, as near as can be told from here. */
export function ReplyPreview({
  draft,
  name,
  handle,
  platform,
  markup,
}: {
  readonly draft: LocalDraft;
  readonly name: string;
  readonly handle: string | null;
  readonly platform: string;
  readonly markup: 'plain' | 'markdown';
}) {
  const document = useMemo(() => previewDocument(draft.text, markup), [draft.text, markup]);
  return (
    <section className={css.preview} aria-label="Preview">
      <header className={css.header}>
        <Avatar name={name} seed={handle} platform={platform} size="small" />
        <strong dir="auto">{name}</strong>
        <span className={css.word}>Preview</span>
      </header>
      <DocumentView document={document} matches={[]} words={[]} />
      {draft.attachments.length > 0 && (
        <p className={css.word}>
          With {draft.attachments.length === 1 ? 'one file' : `${draft.attachments.length} files`}
        </p>
      )}
    </section>
  );
}
