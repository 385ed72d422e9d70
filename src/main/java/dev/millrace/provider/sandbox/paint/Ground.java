package dev.millrace.provider.sandbox.paint;

/** A piece of ground in one colour, down to the lower edge of the picture. */
record Ground(Crest crest, Rgb colour, double nearness) implements Layer {
    @Override
    public Motion motion() {
        return Motion.near(nearness);
    }

    @Override
    public void paint(Canvas canvas, double seconds) {
        crest.fill(canvas, 9, (x, y, ink) -> ink.set(colour));
    }
}
