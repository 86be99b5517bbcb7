use crate::prelude::*;
pub fn drive(engine: &Engine) {
    engine.run();
    spin();
    idle();
    stop();
    crate::turn();
    crate::inner::stop();
}
