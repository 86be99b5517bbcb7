export function Panel() {
  return <></>;
}
