import { useMemo, useState, useCallback } from "react";
import { Timer } from "./timer";
export function Clock() {
  const [timer] = useState(() => new Timer());
  const other = useMemo(() => Timer.create(), []);
  const stop = useCallback(() => timer.stop(), [timer]);
  timer.start();
  other.stop();
  stop();
  return <p />;
}
