import type { Conversation } from '../../../shared/model/mention.ts';
import { clockTime, exactTime, untilWords } from '../../ui/time-words.ts';
import css from './activity-list.module.css';

type Activity = Conversation['activity'][number];

/** Everything that happened to a conversation, the newest first. */
export function ActivityList({
  activity,
  now,
}: {
  readonly activity: Conversation['activity'];
  readonly now: number;
}) {
  return (
    <ol className={css.list} aria-label="Activity">
      {activity
        .toSorted((a, b) => b.at - a.at)
        .map((entry, index) => (
          <li key={`${entry.at} ${index}`}>
            <span>{activityWords(entry, now)}</span>
            <time dateTime={new Date(entry.at).toISOString()} title={exactTime(entry.at)}>
              {clockTime(entry.at, now)}
            </time>
          </li>
        ))}
    </ol>
  );
}

function activityWords({ kind, detail }: Activity, now: number): string {
  const until = detail['until'] ?? detail['snoozedUntil'];
  const words: Readonly<Record<string, string>> = {
    opened: 'Back to the inbox',
    snoozed: typeof until === 'number' ? `Snoozed until ${untilWords(until, now)}` : 'Snoozed',
    done: 'Done',
    read: 'Read',
    unread: 'Marked unread',
    woke: 'The snooze ended',
    reopened: 'Back in the inbox: something new came in',
    edited: 'A mention was changed on its platform',
    undone: 'The last step was taken back',
    redone: 'The step was done again',
    ...outgoing(typeof detail['action'] === 'string' ? detail['action'] : 'reply'),
    'reply-elsewhere': 'Answered from elsewhere',
    removed: 'Taken away from the platform',
  };
  return words[kind] ?? kind;
}

/** What goes out, by what it is: a reply, or a like, a hiding … of something. */
function outgoing(action: string): Readonly<Record<string, string>> {
  const what = action === 'reply' ? 'A reply' : `${action.charAt(0).toUpperCase()}${action.slice(1)}`;
  return {
    'reply-queued': `${what} was put into the outbox`,
    'reply-sent': `${what} was sent`,
    'reply-unconfirmed': `${what}: no answer came from the platform`,
    'reply-failed': `${what} was not sent`,
    'reply-retried': `${what} is tried again`,
    'reply-cancelled': `${what} was taken back`,
  };
}
