import { api } from "@x/lib";
import { extra } from "@x/lib/extra";
api();
extra();
