package dev.millrace.provider.sandbox.speech;

/**
 * One sound at its place in what is read.
 *
 * @param millis how long it lasts
 * @param pitch the pitch of the voice at its beginning, in hertz
 * @param stress how strongly it is said; 1 is usual
 */
record Sound(Phone phone, int millis, double pitch, double stress) {}
