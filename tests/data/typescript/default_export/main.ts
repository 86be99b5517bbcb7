import greet, { shout } from "./greet";
import Greeter from "./greeter";

greet("a");
shout();
new Greeter().hello();
