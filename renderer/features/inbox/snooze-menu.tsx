import type { ReactElement } from 'react';
import CalendarClock from 'lucide-react/icons/calendar-clock';
import Sunrise from 'lucide-react/icons/sunrise';
import Sunset from 'lucide-react/icons/sunset';
import Timer from 'lucide-react/icons/timer';
import { Menu } from '../../ui/menu.tsx';
import { clockTime } from '../../ui/time-words.ts';
import { useNow } from '../../ui/use-now.ts';
import { snoozePresets } from './snooze-presets.ts';

const icons: Readonly<Record<string, ReactElement>> = {
  hour: <Timer aria-hidden="true" />,
  later: <Timer aria-hidden="true" />,
  evening: <Sunset aria-hidden="true" />,
};

export interface SnoozeMenuProps {
  readonly trigger: ReactElement;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly onSnooze: (until: number) => void;
  readonly onPickTime: () => void;
}

export function SnoozeMenu({ trigger, isOpen, onOpenChange, onSnooze, onPickTime }: SnoozeMenuProps) {
  const now = useNow();
  return (
    <Menu
      label="Snooze until"
      trigger={trigger}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      groups={[
        {
          title: 'Snooze until',
          entries: snoozePresets(now).map(({ id, label, until }) => ({
            id,
            label,
            icon: icons[id] ?? <Sunrise aria-hidden="true" />,
            detail: clockTime(until, now),
            onAction: () => onSnooze(until),
          })),
        },
        {
          entries: [
            {
              id: 'pick',
              label: 'Pick a time…',
              detail: 'fri 9, 2h',
              icon: <CalendarClock aria-hidden="true" />,
              onAction: onPickTime,
            },
          ],
        },
      ]}
    />
  );
}
