import { type Ref } from 'react';
import FileIcon from 'lucide-react/icons/file';
import X from 'lucide-react/icons/x';
import type { Attachment } from '../../../shared/model/reply.ts';
import { useCall } from '../../client/hooks.ts';
import { IconButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import css from './attachment-strip.module.css';
import { sizeWords } from './check-media.ts';

/** The files of a reply, each with the words for those who do not see it. */
export function AttachmentStrip({
  attachments,
  mostAlt,
  firstEmptyRef,
  onChange,
}: {
  readonly attachments: readonly Attachment[];
  /** Characters; null: the platform takes no description. */
  readonly mostAlt: number | null;
  /** The first description that is missing. */
  readonly firstEmptyRef: Ref<HTMLInputElement>;
  readonly onChange: (attachments: readonly Attachment[]) => void;
}) {
  const firstEmpty = attachments.find(({ alt }) => alt.trim() === '');
  return (
    <ul className={css.strip} aria-label="Files">
      {attachments.map((attachment, index) => (
        <li key={`${attachment.attachmentId} ${index}`} className={css.file}>
          <Thumbnail attachment={attachment} />
          <div className={css.words}>
            <span className={css.name} title={attachment.name}>
              {attachment.name} <span className={css.size}>{sizeWords(attachment.size)}</span>
            </span>
            {mostAlt !== null && (
              <TextField
                label={`Description of ${attachment.name}`}
                isLabelHidden
                placeholder="What does it show, for those who cannot see it?"
                value={attachment.alt}
                error={
                  attachment.alt.length > mostAlt
                    ? `${(attachment.alt.length - mostAlt).toLocaleString()} characters too long`
                    : null
                }
                {...(attachment === firstEmpty ? { inputRef: firstEmptyRef } : {})}
                onChange={(alt) =>
                  onChange(attachments.map((known) => (known === attachment ? { ...known, alt } : known)))
                }
              />
            )}
          </div>
          <IconButton
            label={`Remove ${attachment.name}`}
            size="small"
            icon={<X aria-hidden="true" />}
            onPress={() => onChange(attachments.filter((known) => known !== attachment))}
          />
        </li>
      ))}
    </ul>
  );
}

/** A file that the engine keeps, drawn from its own bytes. */
function Thumbnail({ attachment }: { readonly attachment: Attachment }) {
  const isPicture = attachment.type.startsWith('image/');
  const stored = useCall(
    'attachments.get',
    { attachmentId: attachment.attachmentId },
    { isEnabled: isPicture },
  ).data;
  return (
    <span className={css.thumbnail}>
      {stored !== undefined && isPicture ? (
        <img src={`data:${stored.type};base64,${stored.data}`} alt="" />
      ) : (
        <FileIcon aria-hidden="true" />
      )}
    </span>
  );
}
