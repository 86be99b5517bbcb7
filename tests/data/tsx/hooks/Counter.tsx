import { useCount } from "./useCount";
import { useEffect } from "react";
export const Counter = () => {
  const { count, increase } = useCount();
  useEffect(() => {
    increase();
  }, []);
  return <p>{count}</p>;
};
