package dev.millrace.provider.sandbox.film;

import org.jcodec.codecs.h264.encode.RateControl;
import org.jcodec.codecs.h264.io.model.SliceType;
import org.jcodec.common.model.Size;

/**
 * Gives every frame the same quality, whatever its size.
 *
 * @param quantizer H.264's QP: 18 is almost lossless, 32 visibly coarse
 */
record SteadyQuality(int quantizer) implements RateControl {
    @Override
    public int startPicture(Size size, int maxSize, SliceType slice) {
        return quantizer;
    }

    @Override
    public int initialQpDelta() {
        return 0;
    }

    @Override
    public int accept(int bits) {
        return 0;
    }
}
