package dev.millrace.provider.sandbox;

import dev.millrace.json.Json;
import dev.millrace.meter.Units;
import dev.millrace.provider.MediaInput;
import dev.millrace.provider.MediaOutput;
import dev.millrace.provider.sandbox.edit.CutOut;
import dev.millrace.provider.sandbox.edit.Enlarge;
import dev.millrace.provider.sandbox.edit.Grounds;
import dev.millrace.provider.sandbox.edit.Mask;
import dev.millrace.provider.sandbox.edit.Repaint;
import dev.millrace.provider.sandbox.edit.Sheets;
import dev.millrace.provider.sandbox.edit.Vignette;
import dev.millrace.provider.sandbox.edit.Widen;
import dev.millrace.provider.sandbox.paint.Painter;
import dev.millrace.provider.sandbox.paint.Picture;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/** Pictures: new ones, and given ones that were worked on. */
record PictureWork(Order order, Operation operation, Sources sources) implements Work {
    private static final int GRID = 4;
    private static final int WITH_GRID = GRID + 1;

    @Override
    public int count() {
        return order.count();
    }

    @Override
    public List<MediaOutput> announced(int count) {
        var outputs = new ArrayList<MediaOutput>();
        for (int i = 0; i < count; i++) {
            outputs.add(output(i, isGrid() && i == GRID));
        }
        return outputs;
    }

    private MediaOutput output(int number, boolean grid) {
        ObjectNode facts = Json.object();
        size().ifPresent(size -> {
            int times = grid ? 2 : 1;
            facts.put("width", size[0] * times).put("height", size[1] * times);
        });
        if (grid) {
            facts.put("grid", true);
        }
        return new MediaOutput(number, SCHEME + number, order.format().contentType(), facts);
    }

    /** The grid is no picture of its own, and is not counted. */
    @Override
    public Units used(int made) {
        return order.used(isGrid() ? Math.min(made, GRID) : made);
    }

    @Override
    public byte[] make(int number) {
        if (isGrid() && number == GRID) {
            return order.format()
                    .file(Sheets.grid(
                            IntStream.range(0, GRID).mapToObj(this::picture).toList()));
        }
        return order.format().file(picture(number));
    }

    /** Midjourney delivers the grid of its four beside them. */
    private boolean isGrid() {
        return order.count() == WITH_GRID && sources.call().upstreamModel().startsWith("midjourney");
    }

    private BufferedImage picture(int number) {
        Optional<BufferedImage> given = operation == Operation.CREATE ? Optional.empty() : sources.first();
        return given.map(picture -> worked(picture, number)).orElseGet(() -> painted(number));
    }

    private BufferedImage worked(BufferedImage given, int number) {
        var fields = new Fields(sources.call().parameters());
        return switch (operation) {
            case CREATE -> painted(number);
            case EDIT -> edited(given, number);
            case ENLARGE -> Enlarge.times(given, factor(fields));
            case CUT_OUT -> Grounds.of(fields.text("background_type"), given, CutOut.of(given, fields.flag("reverse")));
            case WIDEN -> wider(given, fields, number);
            case LEARN -> Sheets.contact(sources.pictures("image", "images").toList());
        };
    }

    private BufferedImage edited(BufferedImage given, int number) {
        BufferedImage bounded = Enlarge.times(given, 1);
        Mask mask = sources.pictures("mask")
                .findFirst()
                .map(picture -> Mask.of(picture, bounded.getWidth(), bounded.getHeight()))
                .orElse(null);
        return Repaint.of(bounded, sources.others(), order.prompt(), order.seed() + number, mask);
    }

    /** On one side by half, or on all sides by a ratio and then in the size that it had. */
    private BufferedImage wider(BufferedImage given, Fields fields, int number) {
        double more = 0.5 + 0.04 * number;
        return switch (fields.text("direction")) {
            case "left" -> Widen.of(given, new Widen.Margins(more, 0, 0, 0));
            case "right" -> Widen.of(given, new Widen.Margins(0, 0, more, 0));
            case "up" -> Widen.of(given, new Widen.Margins(0, more, 0, 0));
            case "down" -> Widen.of(given, new Widen.Margins(0, 0, 0, more));
            default -> {
                double ratio = fields.decimal(1.5, "zoomRatio", "zoom", "zoom_ratio") + 0.03 * number;
                BufferedImage wide = Widen.of(given, Widen.Margins.around(ratio));
                yield Sheets.covering(wide, given.getWidth(), given.getHeight());
            }
        };
    }

    private BufferedImage painted(int number) {
        PixelSize size = order.size();
        BufferedImage scene = Painter.paint(
                        new Picture(order.prompt(), order.seed(), number, size.width(), size.height()))
                .image();
        double strength = new Fields(sources.call().parameters()).decimal(1, "custom_reference_strength");
        return sources.subject()
                .map(subject -> Vignette.of(scene, subject, strength))
                .orElse(scene);
    }

    private static double factor(Fields fields) {
        return fields.decimal(2, "upscale_factor", "scale_factor", "upscale", "scale", "factor");
    }

    /** Width and height, where they can be told before the work is done. */
    private Optional<int[]> size() {
        if (operation == Operation.CREATE) {
            return Optional.of(new int[] {order.size().width(), order.size().height()});
        }
        Optional<MediaInput> given = sources.call()
                .input("image")
                .or(() -> sources.call().input("images"))
                .filter(input -> input.width() > 0 && input.height() > 0);
        return switch (operation) {
            case ENLARGE ->
                given.map(input -> Enlarge.size(
                        input.width(),
                        input.height(),
                        factor(new Fields(sources.call().parameters()))));
            case EDIT -> given.map(input -> Enlarge.size(input.width(), input.height(), 1));
            case CUT_OUT -> given.map(input -> new int[] {input.width(), input.height()});
            case CREATE, WIDEN, LEARN -> Optional.empty();
        };
    }
}
