class Thing:
    def touch(self):
        pass


def step_0(thing):
    thing.touch()


def step_1(thing):
    thing.touch()


def step_2(thing):
    thing.touch()


def step_3(thing):
    thing.touch()


def step_4(thing):
    thing.touch()


def step_5(thing):
    thing.touch()


def step_6(thing):
    thing.touch()


def step_7(thing):
    thing.touch()


def step_8(thing):
    thing.touch()


def step_9(thing):
    thing.touch()


def step_10(thing):
    thing.touch()


def step_11(thing):
    thing.touch()


def step_12(thing):
    thing.touch()


def step_13(thing):
    thing.touch()


def step_14(thing):
    thing.touch()


def step_15(thing):
    thing.touch()


def step_16(thing):
    thing.touch()


def step_17(thing):
    thing.touch()


def step_18(thing):
    thing.touch()


def step_19(thing):
    thing.touch()


def step_20(thing):
    thing.touch()


def step_21(thing):
    thing.touch()


def step_22(thing):
    thing.touch()


def step_23(thing):
    thing.touch()


def step_24(thing):
    thing.touch()


def step_25(thing):
    thing.touch()


def step_26(thing):
    thing.touch()


def step_27(thing):
    thing.touch()


def step_28(thing):
    thing.touch()


def step_29(thing):
    thing.touch()


def run(thing):
    for step in [
        step_0,
        step_1,
        step_2,
        step_3,
        step_4,
        step_5,
        step_6,
        step_7,
        step_8,
        step_9,
        step_10,
        step_11,
        step_12,
        step_13,
        step_14,
        step_15,
        step_16,
        step_17,
        step_18,
        step_19,
        step_20,
        step_21,
        step_22,
        step_23,
        step_24,
        step_25,
        step_26,
        step_27,
        step_28,
        step_29,
    ]:
        step(thing)
    return thing


run(Thing())
