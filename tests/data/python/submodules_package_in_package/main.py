from outer.inner import mod, work
mod.work()
work()
