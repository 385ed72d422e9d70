package dev.millrace.provider.sandbox;

import dev.millrace.meter.Modality;
import dev.millrace.provider.MediaCall;
import dev.millrace.provider.MediaOutput;
import dev.millrace.provider.sandbox.paint.Canvas;
import dev.millrace.provider.sandbox.paint.ImageFile;
import dev.millrace.provider.sandbox.paint.Painter;
import dev.millrace.provider.sandbox.paint.Picture;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.List;

/** The four pictures of a run in one, half as wide and high each, which Midjourney delivers beside them. */
final class Grid {
    private static final String FAMILY = "midjourney";
    private static final int PICTURES = 4;
    private static final int ACROSS = 2;

    private Grid() {}

    /** How many of so many outputs are pictures of their own. */
    static int counted(MediaCall call, int outputs) {
        return has(call, outputs) ? PICTURES : outputs;
    }

    /** The outputs, the last one marked where it is the grid of the others. */
    static List<MediaOutput> marked(MediaCall call, List<MediaOutput> outputs) {
        if (has(call, outputs.size())) {
            outputs.getLast().facts().put("grid", true);
        }
        return outputs;
    }

    static boolean is(MediaCall call, Order order, int number) {
        return number == PICTURES && has(call, order.count());
    }

    private static boolean has(MediaCall call, int outputs) {
        return outputs == PICTURES + 1
                && call.modality() == Modality.IMAGE
                && call.upstreamModel().startsWith(FAMILY);
    }

    static byte[] make(Order order) {
        int width = order.size().width();
        int height = order.size().height();
        Canvas whole = Canvas.of(width, height);
        Graphics2D pen = whole.image().createGraphics();
        try {
            pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            for (int number = 0; number < PICTURES; number++) {
                Canvas one = Painter.paint(new Picture(order.prompt(), order.seed(), number, width, height));
                int left = number % ACROSS * (width / ACROSS);
                int top = number / ACROSS * (height / ACROSS);
                pen.drawImage(one.image(), left, top, width / ACROSS, height / ACROSS, null);
            }
        } finally {
            pen.dispose();
        }
        return order.jpeg() ? ImageFile.jpeg(whole) : ImageFile.png(whole);
    }
}
