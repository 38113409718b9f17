import type { ReactNode } from 'react';
import { Banner } from './banner.tsx';
import { Button } from './button.tsx';

/** In the place of what could not be read: what failed, in words, and another try. */
export function FailedCall({
  title,
  children,
  onRetry,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly onRetry: () => void;
}) {
  return (
    <Banner
      tone="negative"
      title={title}
      action={
        <Button size="small" onPress={onRetry}>
          Try again
        </Button>
      }
    >
      {children}
    </Banner>
  );
}
