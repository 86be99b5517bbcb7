import { deep } from "./one";
deep();
