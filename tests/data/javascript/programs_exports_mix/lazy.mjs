export async function lazy() { const m = await import('./widget.mjs'); return m.build(m.default); }
