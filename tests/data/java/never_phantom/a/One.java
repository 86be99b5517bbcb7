package a;

import ext.lib.Remote;

class One {
    void go(Object x) {
        Remote.save();
        new Remote().save();
        x.save();
        save();
        Unknown.save();
    }
}
