import { useState } from 'react';
import Pencil from 'lucide-react/icons/pencil';
import Plus from 'lucide-react/icons/plus';
import Trash2 from 'lucide-react/icons/trash-2';
import type { SavedReply } from '../../../shared/model/reply.ts';
import { savedReplyVariables } from '../../../shared/text/saved-reply.ts';
import { useCall, useCommand } from '../../client/hooks.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { RemoveDialog } from '../../ui/remove-dialog.tsx';
import { TextArea, TextField } from '../../ui/text-field.tsx';
import { findSavedReplies } from './find-saved-replies.ts';
import { folderWords } from './saved-reply-picker.tsx';
import css from './saved-replies-dialog.module.css';

/** What is being written: a new one has no id. */
export interface EditedReply {
  readonly savedReplyId?: string;
  readonly name: string;
  readonly folder: string;
  readonly text: string;
}

/** Adds, changes and removes saved replies; begins with a form when there is something to save. */
export function SavedRepliesDialog({
  begin,
  onClose,
}: {
  readonly begin: EditedReply | null;
  readonly onClose: () => void;
}) {
  const [edited, setEdited] = useState(begin);
  const [removed, setRemoved] = useState<SavedReply | null>(null);
  const remove = useCommand('savedReplies.remove', {
    failureTitle: 'Could not remove the saved reply',
    showsFailureInPlace: true,
  });
  if (edited !== null) {
    return (
      <SavedReplyForm
        initial={edited}
        onSaved={() => (begin === null ? setEdited(null) : onClose())}
        onClose={() => (begin === null ? setEdited(null) : onClose())}
      />
    );
  }
  if (removed !== null) {
    return (
      <RemoveDialog
        name={removed.name}
        confirmLabel="Remove saved reply"
        isRemoving={remove.isRunning}
        failureLine={remove.failureLine}
        onClose={() => setRemoved(null)}
        onConfirm={() =>
          void remove.run({ savedReplyId: removed.savedReplyId }).then((answer) => {
            if (answer !== null) setRemoved(null);
          })
        }
      >
        <p>What was written with it stays as it is.</p>
      </RemoveDialog>
    );
  }
  return (
    <SavedReplyList
      onAdd={() => setEdited({ name: '', folder: '', text: '' })}
      onEdit={setEdited}
      onRemove={setRemoved}
      onClose={onClose}
    />
  );
}

function SavedReplyList({
  onAdd,
  onEdit,
  onRemove,
  onClose,
}: {
  readonly onAdd: () => void;
  readonly onEdit: (savedReply: SavedReply) => void;
  readonly onRemove: (savedReply: SavedReply) => void;
  readonly onClose: () => void;
}) {
  const all = useCall('savedReplies.list', {}).data?.savedReplies ?? [];
  return (
    <Dialog
      title="Saved replies"
      description="Answers written once, for every conversation and platform."
      size="large"
      onClose={onClose}
      footer={
        <Button variant="primary" icon={<Plus aria-hidden="true" />} onPress={onAdd}>
          New saved reply
        </Button>
      }
    >
      {all.length === 0 ? (
        <EmptyState title="None yet" isSmall>
          What is often asked deserves one good answer.
        </EmptyState>
      ) : (
        <ul className={css.list}>
          {findSavedReplies(all, '').map((savedReply) => (
            <li key={savedReply.savedReplyId} className={css.row}>
              <div className={css.words}>
                <span className={css.name} dir="auto">
                  {savedReply.folder !== '' && (
                    <span className={css.folder}>{folderWords(savedReply.folder)} / </span>
                  )}
                  {savedReply.name}
                </span>
                <span className={css.text} dir="auto">
                  {savedReply.text}
                </span>
              </div>
              <IconButton
                label={`Change ${savedReply.name}`}
                size="small"
                icon={<Pencil aria-hidden="true" />}
                onPress={() => onEdit(savedReply)}
              />
              <IconButton
                label={`Remove ${savedReply.name}`}
                size="small"
                icon={<Trash2 aria-hidden="true" />}
                onPress={() => onRemove(savedReply)}
              />
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function SavedReplyForm({
  initial,
  onSaved,
  onClose,
}: {
  readonly initial: EditedReply;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}) {
  const [name, setName] = useState(initial.name);
  const [folder, setFolder] = useState(initial.folder);
  const [text, setText] = useState(initial.text);
  const [isTried, setTried] = useState(false);
  const save = useCommand('savedReplies.save', {
    failureTitle: 'Could not save the reply',
    showsFailureInPlace: true,
  });
  const submit = (): void => {
    setTried(true);
    if (name.trim() === '' || text.trim() === '') return;
    const { savedReplyId } = initial;
    void save
      .run({
        name,
        folder: cleanFolder(folder),
        text,
        ...(savedReplyId === undefined ? {} : { savedReplyId }),
      })
      .then((answer) => {
        if (answer !== null) onSaved();
      });
  };
  return (
    <Dialog
      title={initial.savedReplyId === undefined ? 'New saved reply' : 'Change saved reply'}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" onPress={submit} isPending={save.isRunning}>
            Save
          </Button>
        </>
      }
    >
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          isRequired
          autoFocus
          error={isTried && name.trim() === '' ? 'Give it a name to find it by.' : null}
        />
        <TextField
          label="Folder"
          value={folder}
          onChange={setFolder}
          placeholder="Shipping/Late"
          description="A slash puts a folder into another."
        />
        <TextArea
          label="Text"
          value={text}
          onChange={setText}
          rows={7}
          isRequired
          error={isTried && text.trim() === '' ? 'Write what it says.' : save.failureLine}
        />
        <section className={css.help} aria-label="What can stand in it">
          <dl>
            {savedReplyVariables.map((variable) => (
              <div key={variable.name}>
                <dt>
                  <code>{`{${variable.name}}`}</code>
                </dt>
                <dd>{variable.means}</dd>
              </div>
            ))}
            <div>
              <dt>
                <code>{'{author.first|there}'}</code>
              </dt>
              <dd>the same, or “there” when it is not known</dd>
            </div>
            <div>
              <dt>
                <code>{'{?order number}'}</code>
              </dt>
              <dd>has to be filled in before it can be sent</dd>
            </div>
          </dl>
        </section>
      </form>
    </Dialog>
  );
}

function cleanFolder(folder: string): string {
  return folder
    .split('/')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('/');
}
