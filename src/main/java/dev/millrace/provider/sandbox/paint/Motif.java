package dev.millrace.provider.sandbox.paint;

/** What a picture shows: the kind of scene that is built. */
enum Motif {
    MOUNTAINS,
    SEA,
    DESERT,
    FOREST,
    CITY,
    AURORA,
    SPACE,
    FLOWERS,
    MEADOW,
    SILK,
    FLOW,
    CRYSTAL,
    ORBITS
}
