import type { ReactNode } from 'react';
import Rss from 'lucide-react/icons/rss';
import css from './platform-glyph.module.css';

/** Drawn by us where a letter would say too little; any other platform gets its first letter. */
const glyphs: Readonly<Record<string, { readonly mark: ReactNode; readonly hue: number }>> = {
  feeds: { mark: <Rss aria-hidden="true" />, hue: 62 },
  feed: { mark: <Rss aria-hidden="true" />, hue: 62 },
  web: { mark: <Rss aria-hidden="true" />, hue: 62 },
  hackernews: { mark: 'Y', hue: 45 },
  appstore: { mark: 'A', hue: 250 },
  bluesky: { mark: 'B', hue: 240 },
  discord: { mark: 'D', hue: 275 },
  discourse: { mark: 'D', hue: 95 },
  gdelt: { mark: 'N', hue: 190 },
  github: { mark: 'G', hue: 300 },
  googlenews: { mark: 'N', hue: 150 },
  lemmy: { mark: 'L', hue: 160 },
  mastodon: { mark: 'M', hue: 290 },
  reddit: { mark: 'R', hue: 35 },
  slack: { mark: 'S', hue: 330 },
  stackexchange: { mark: 'S', hue: 60 },
  telegram: { mark: 'T', hue: 225 },
  youtube: { mark: 'Y', hue: 20 },
};

/** Whether a platform has a sign of its own, rather than a letter. */
function hasOwnGlyph(platform: string): boolean {
  return Object.hasOwn(glyphs, platform);
}

/** A 14 px square; decorative. */
export function PlatformGlyph({ platform }: { readonly platform: string }) {
  const known = hasOwnGlyph(platform) ? glyphs[platform] : undefined;
  return (
    <span className={css.glyph} aria-hidden="true" style={{ '--hue': known?.hue ?? 235 } as object}>
      {known?.mark ?? platform.charAt(0).toUpperCase()}
    </span>
  );
}
