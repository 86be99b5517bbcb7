import { Service } from "../b/service";
export const start = () => new Service().run();
