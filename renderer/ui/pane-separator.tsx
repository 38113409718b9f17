import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import css from './pane-separator.module.css';

export interface PaneSeparatorProps {
  /** What its two sides are: "Width of the list". */
  readonly label: string;
  readonly width: number;
  readonly min: number;
  readonly max: number;
  /** While it is dragged; `isFinal` once, when it is let go. */
  readonly onChange: (width: number, isFinal: boolean) => void;
  /** Double-click: back to the design's own width. */
  readonly onReset: () => void;
}

const stepPixels = 16;

/** The draggable edge of the pane before it; arrows move it too. */
export function PaneSeparator({ label, width, min, max, onChange, onReset }: PaneSeparatorProps) {
  const start = useRef<{ x: number; width: number } | null>(null);
  const clamp = (value: number): number => Math.round(Math.min(max, Math.max(min, value)));
  const widthAt = (event: PointerEvent): number => {
    const from = start.current;
    return from === null ? width : clamp(from.width + event.clientX - from.x);
  };
  const end = (event: PointerEvent): void => {
    if (start.current === null) return;
    const final = widthAt(event);
    start.current = null;
    if (final !== width || event.type === 'pointerup') onChange(final, true);
  };
  const press = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -stepPixels, ArrowRight: stepPixels }[event.key];
    if (by !== undefined) onChange(clamp(width + by), true);
    else if (event.key === 'Home') onChange(min, true);
    else if (event.key === 'End') onChange(max, true);
    else if (event.key === 'Enter') onReset();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- a focusable separator is the window-splitter pattern of ARIA
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a rule cannot be moved
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={Math.round(width)}
      aria-valuemin={min}
      aria-valuemax={max}
      className={css.separator}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, width };
      }}
      onPointerMove={(event) => {
        if (start.current !== null) onChange(widthAt(event), false);
      }}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={onReset}
      onKeyDown={press}
    />
  );
}
