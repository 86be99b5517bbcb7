export default function greet(name: string) {
  return name;
}
export function shout() {}
