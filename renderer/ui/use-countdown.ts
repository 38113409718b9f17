import { useEffect, useState } from 'react';

const tickMs = 250;

/** Whole seconds until then, told anew as they pass; 0 when it is past or null. */
export function useCountdown(until: number | null): number {
  const [left, setLeft] = useState({ until, seconds: until === null ? 0 : secondsTo(until) });
  if (left.until !== until) setLeft({ until, seconds: until === null ? 0 : secondsTo(until) });
  useEffect(() => {
    if (until === null) return;
    const timer = setInterval(() => {
      const seconds = secondsTo(until);
      setLeft((known) => (known.seconds === seconds ? known : { until, seconds }));
      if (seconds === 0) clearInterval(timer);
    }, tickMs);
    return () => clearInterval(timer);
  }, [until]);
  return left.until === until ? left.seconds : 0;
}

function secondsTo(until: number): number {
  return Math.max(0, Math.ceil((until - Date.now()) / 1000));
}
