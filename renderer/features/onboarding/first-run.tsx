import { type ReactNode, useState } from 'react';
import Ear from 'lucide-react/icons/ear';
import Rss from 'lucide-react/icons/rss';
import Sparkles from 'lucide-react/icons/sparkles';
import { useCommand } from '../../client/hooks.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { EarshotSign } from '../../ui/wordmark.tsx';
import css from './first-run.module.css';

export interface FirstRunProps {
  /** Opens the dialog for a tracker; a source follows from the checklist. */
  readonly onAddTracker: () => void;
  /** Opens the dialog for a source with this address, and tests it at once. */
  readonly onFollow: (address: string) => void;
}

/** What somebody sees who has nothing yet: three ways to begin, each of them one step. */
export function FirstRun({ onAddTracker, onFollow }: FirstRunProps) {
  const open = useCommand('workspace.open', { failureTitle: 'Could not open the sample' });
  const [address, setAddress] = useState('');
  const [isMissing, setIsMissing] = useState(false);

  const follow = (): void => {
    if (address.trim() === '') setIsMissing(true);
    else onFollow(address.trim());
  };

  return (
    <div className={css.page}>
      <div className={css.column}>
        <header className={css.header}>
          <EarshotSign size={36} />
          <h1 className={css.title}>Hear what people say about you</h1>
          <p className={css.lead}>Every mention in one inbox, on this computer. No account, no cloud.</p>
        </header>
        <ul className={css.cards}>
          <Card
            icon={<Sparkles aria-hidden="true" />}
            title="Look around first"
            words="A lively community of invented people talks about an invented brand. Everything works, and none of it mixes with your data."
            action={
              <Button
                variant="primary"
                isWide
                isPending={open.isRunning}
                onPress={() => void open.run({ workspace: 'sample' })}
              >
                Try with sample data
              </Button>
            }
          />
          <Card
            icon={<Ear aria-hidden="true" />}
            title="Listen for your brand"
            words="Name what to listen for: your brand, its products, the ways people misspell it. You see what it would catch while you write."
            action={
              <Button isWide onPress={onAddTracker}>
                Add a tracker
              </Button>
            }
          />
          <Card
            icon={<Rss aria-hidden="true" />}
            title="Follow a feed or a site"
            words="A forum, a blog, a review page. Paste its address; Earshot finds the feed behind it."
            action={
              <form
                className={css.follow}
                onSubmit={(event) => {
                  event.preventDefault();
                  follow();
                }}
              >
                <TextField
                  label="Address of a feed or a site"
                  isLabelHidden
                  isCode
                  isRequired
                  value={address}
                  onChange={(typed) => {
                    setAddress(typed);
                    setIsMissing(false);
                  }}
                  placeholder="forum.example.com"
                  error={isMissing ? 'Paste an address first.' : null}
                />
                <Button type="submit" isWide>
                  Find its feed
                </Button>
              </form>
            }
          />
        </ul>
      </div>
    </div>
  );
}

function Card({
  icon,
  title,
  words,
  action,
}: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly words: string;
  readonly action: ReactNode;
}) {
  return (
    <li className={css.card}>
      <span className={css.icon}>{icon}</span>
      <h2 className={css.cardTitle}>{title}</h2>
      <p className={css.words}>{words}</p>
      <div className={css.action}>{action}</div>
    </li>
  );
}
