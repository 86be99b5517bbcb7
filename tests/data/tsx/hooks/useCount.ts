export function useCount() {
  const increase = () => {};
  return { count: 0, increase };
}
