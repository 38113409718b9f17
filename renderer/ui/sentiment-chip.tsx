import type { ReactNode } from 'react';
import Meh from 'lucide-react/icons/meh';
import CircleHelp from 'lucide-react/icons/circle-question-mark';
import CircleSlash from 'lucide-react/icons/circle-slash';
import Frown from 'lucide-react/icons/frown';
import Smile from 'lucide-react/icons/smile';
import { Chip, type ChipProps } from './chip.tsx';

export type SentimentWord = 'positive' | 'neutral' | 'negative' | 'unsure' | 'unrated';

interface Look {
  readonly word: string;
  readonly tone: NonNullable<ChipProps['tone']>;
  readonly icon: ReactNode;
}

export const sentimentLooks: Readonly<Record<SentimentWord, Look>> = {
  positive: { word: 'Positive', tone: 'positive', icon: <Smile aria-hidden="true" /> },
  neutral: { word: 'Neutral', tone: 'plain', icon: <Meh aria-hidden="true" /> },
  negative: { word: 'Negative', tone: 'negative', icon: <Frown aria-hidden="true" /> },
  unsure: { word: 'Unsure', tone: 'caution', icon: <CircleHelp aria-hidden="true" /> },
  unrated: { word: 'Not rated', tone: 'outline', icon: <CircleSlash aria-hidden="true" /> },
};

export function SentimentChip({
  label,
  why,
  isQuiet = false,
  isWordHidden = false,
}: {
  readonly label: SentimentWord;
  /** Makes it a button that shows and hides the reasons. */
  readonly why?: { readonly isOpen: boolean; readonly onToggle: () => void };
  /** In a list, where only what leans to a side should stand out. */
  readonly isQuiet?: boolean;
  /** Where there is room for the icon alone; the word is still read out and shown on hover. */
  readonly isWordHidden?: boolean;
}) {
  const look = sentimentLooks[label];
  return (
    <Chip
      tone={isQuiet && (label === 'neutral' || label === 'unrated') ? 'bare' : look.tone}
      icon={look.icon}
      isWordHidden={isWordHidden}
      {...(why === undefined
        ? {}
        : {
            onPress: why.onToggle,
            isExpanded: why.isOpen,
            'aria-label': `${look.word}: why this sentiment`,
          })}
    >
      {look.word}
    </Chip>
  );
}
