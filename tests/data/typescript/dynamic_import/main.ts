export async function load() {
  const mod = await import("./lazy");
  mod.start();
  const { stop } = await import("./lazy");
  stop();
}
