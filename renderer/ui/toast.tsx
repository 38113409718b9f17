import { useEffect, useRef, useState } from 'react';
import X from 'lucide-react/icons/x';
import { Button, IconButton } from './button.tsx';
import { Kbd } from './kbd.tsx';
import { cx } from './cx.ts';
import css from './toast.module.css';

export interface ToastProps {
  /** Changes with every message, also when the words are the same: the time starts again. */
  readonly id: number;
  readonly tone: 'plain' | 'error';
  readonly message: string;
  readonly action?:
    | { readonly label: string; readonly shortcut?: string; readonly run: () => void }
    | undefined;
  readonly onDismiss: () => void;
  readonly durationMs?: number | undefined;
}

/** One message at the bottom left. It goes by itself, but not while it is looked at. */
export function Toast({ id, tone, message, action, onDismiss, durationMs = 8000 }: ToastProps) {
  const [isHeld, setIsHeld] = useState(false);
  const dismiss = useRef(onDismiss);
  useEffect(() => {
    dismiss.current = onDismiss;
  });
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => dismiss.current(), durationMs);
    return () => clearTimeout(timer);
  }, [id, isHeld, durationMs]);
  return (
    <div
      key={id}
      className={cx(css.toast, tone === 'error' && css.error)}
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
    >
      <span className={css.message}>{message}</span>
      {action !== undefined && (
        <Button variant="quiet" size="small" onPress={action.run}>
          {action.label}
          {action.shortcut !== undefined && <Kbd keys={action.shortcut} tone="inverse" />}
        </Button>
      )}
      <IconButton label="Dismiss" icon={<X aria-hidden="true" />} size="small" onPress={onDismiss} />
    </div>
  );
}
