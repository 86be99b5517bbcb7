import("./lazy").then((mod) => mod.start());
import("./lazy").then(({ stop }) => stop());
export const load = () => import("./lazy").then((m) => m.default);
