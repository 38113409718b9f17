import { useState } from 'react';
import X from 'lucide-react/icons/x';
import type { ConversationId } from '../../../shared/model/ids.ts';
import { useCall } from '../../client/hooks.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import css from './held-back-banner.module.css';

/** After a start: what was still held when Earshot was closed did not go out. Stays until it is shown or put away. */
export function HeldBackBanner({ onShow }: { readonly onShow: (conversationId: ConversationId) => void }) {
  const drafts = useCall('drafts.list', {}).data?.drafts ?? [];
  const [seen, setSeen] = useState<ReadonlySet<ConversationId>>(new Set());
  const heldBack = drafts.filter(
    ({ heldBackAt, conversationId }) => heldBackAt !== undefined && !seen.has(conversationId),
  );
  const [first] = heldBack;
  if (first === undefined) return null;
  const see = (ids: readonly ConversationId[]): void => setSeen((known) => new Set([...known, ...ids]));
  return (
    <Banner
      tone="caution"
      isStrip
      title={heldBack.length === 1 ? 'A reply was not sent.' : `${heldBack.length} replies were not sent.`}
      action={
        <span className={css.actions}>
          <Button
            size="small"
            onPress={() => {
              see([first.conversationId]);
              onShow(first.conversationId);
            }}
          >
            {heldBack.length === 1 ? 'Show the draft' : 'Show the first'}
          </Button>
          <IconButton
            label="Put this message away"
            size="small"
            icon={<X aria-hidden="true" />}
            onPress={() => see(heldBack.map(({ conversationId }) => conversationId))}
          />
        </span>
      }
    >
      Earshot was closed while {heldBack.length === 1 ? 'it' : 'they'} could still be taken back.{' '}
      {heldBack.length === 1 ? 'It is a draft again.' : 'They are drafts again.'}
    </Banner>
  );
}
