package dev.millrace.provider.sandbox.paint;

/** Who or what may stand in a scene. */
enum Figure {
    MAN,
    WOMAN,
    CHILD,
    DOG,
    WOLF,
    FOX,
    CAT,
    LION,
    HORSE,
    DEER,
    COW,
    SHEEP,
    BEAR,
    ELEPHANT,
    CAMEL,
    GIRAFFE,
    RABBIT,
    HERON;

    boolean human() {
        return this == MAN || this == WOMAN || this == CHILD;
    }
}
