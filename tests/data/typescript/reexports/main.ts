import { alpha, beta, gamma, ns, renamed } from "./lib";
alpha();
beta();
gamma();
ns.delta();
renamed();
