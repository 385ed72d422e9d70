package dev.millrace.provider.sandbox;

import dev.millrace.json.Json;
import dev.millrace.provider.MediaOutput;
import dev.millrace.provider.sandbox.film.Film;
import dev.millrace.provider.sandbox.film.Take;
import dev.millrace.provider.sandbox.music.Composer;
import dev.millrace.provider.sandbox.paint.Canvas;
import dev.millrace.provider.sandbox.paint.ImageFile;
import dev.millrace.provider.sandbox.paint.Painter;
import dev.millrace.provider.sandbox.paint.Picture;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Makes an order's outputs: first what they will be, then, one by one, their bytes. */
final class Workshop {
    private static final String SCHEME = "sandbox:";

    private Workshop() {}

    /** The outputs as they are announced. */
    static List<MediaOutput> announced(Order order, int count) {
        var outputs = new ArrayList<MediaOutput>();
        for (int i = 0; i < count; i++) {
            ObjectNode facts = Json.object();
            if (!order.size().equals(PixelSize.NONE)) {
                facts.put("width", order.size().width())
                        .put("height", order.size().height());
            }
            if (order.milliseconds() > 0) {
                facts.put("duration_ms", order.milliseconds());
            }
            outputs.add(new MediaOutput(i, SCHEME + i, order.contentType(), facts));
        }
        return outputs;
    }

    /** The bytes of one output; the same for the same order, whenever it is asked for. */
    static byte[] make(Order order, int number, @Nullable BufferedImage first) {
        PixelSize size = order.size();
        return switch (order.modality()) {
            case IMAGE -> {
                Canvas canvas =
                        Painter.paint(new Picture(order.prompt(), order.seed(), number, size.width(), size.height()));
                yield order.jpeg() ? ImageFile.jpeg(canvas) : ImageFile.png(canvas);
            }
            case VIDEO ->
                Film.shoot(new Take(
                        order.prompt(),
                        order.seed() + number,
                        size.width(),
                        size.height(),
                        order.milliseconds(),
                        first));
            case MUSIC -> Composer.compose(order.prompt(), order.seed(), number, order.milliseconds());
            case LANGUAGE, SPEECH, TRANSCRIPTION ->
                throw new IllegalArgumentException(order.modality() + " is not made here");
        };
    }
}
