package dev.millrace.provider.sandbox.paint;

/** What a shader leaves at one point: a colour and how much of it. Mutable and reused, because it is made per pixel. */
public final class Ink {
    double r;
    double g;
    double b;
    /** Cover, from 0 (nothing) to 1 (hides what is below). */
    double cover;

    void set(Rgb colour) {
        r = colour.r();
        g = colour.g();
        b = colour.b();
    }

    void set(Rgb colour, double newCover) {
        set(colour);
        cover = newCover;
    }

    void mix(double otherR, double otherG, double otherB, double share) {
        r += (otherR - r) * share;
        g += (otherG - g) * share;
        b += (otherB - b) * share;
    }

    void mix(Rgb other, double share) {
        mix(other.r(), other.g(), other.b(), share);
    }

    void scale(double factor) {
        r *= factor;
        g *= factor;
        b *= factor;
    }
}
