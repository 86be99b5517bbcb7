import { Engine } from "./engine";
export interface Maker {
  make(): Engine;
}
