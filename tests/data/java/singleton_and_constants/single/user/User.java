package single.user;

import single.Registry;
import static single.Registry.INSTANCE;

class User {
    void go() {
        Registry.INSTANCE.add();
        INSTANCE.add();
    }
}
