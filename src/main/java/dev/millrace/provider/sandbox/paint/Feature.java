package dev.millrace.provider.sandbox.paint;

/** Something a scene may carry beside its main motif, when the prompt asks for it. */
enum Feature {
    SUN,
    MOON,
    STARS,
    RAIN,
    SNOW,
    FOG,
    CLOUDS,
    BIRDS,
    BOAT,
    LIGHTHOUSE,
    BALLOONS,
    TREES,
    LAKE,
    MONOCHROME
}
