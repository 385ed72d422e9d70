package dev.millrace.provider.sandbox;

import dev.millrace.json.Json;
import dev.millrace.meter.Units;
import dev.millrace.provider.MediaInput;
import dev.millrace.provider.MediaOutput;
import dev.millrace.provider.sandbox.film.Film;
import dev.millrace.provider.sandbox.film.Footage;
import dev.millrace.provider.sandbox.film.Take;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Films: new ones, ones that begin with a given picture, and given ones that were worked on. */
record FilmWork(Order asked, Operation operation, Sources sources) implements Work {
    private static final long LONGEST = 60_000;
    private static final int DRAFT = 160;
    private static final int SMALL = 640;
    private static final int LARGE = 1280;

    @Override
    public int count() {
        return asked.count();
    }

    @Override
    public List<MediaOutput> announced(int count) {
        Order order = order();
        var outputs = new ArrayList<MediaOutput>();
        for (int i = 0; i < count; i++) {
            outputs.add(new MediaOutput(
                    i,
                    SCHEME + i,
                    "video/mp4",
                    Json.object()
                            .put("width", order.size().width())
                            .put("height", order.size().height())
                            .put("duration_ms", total(order))));
        }
        return outputs;
    }

    @Override
    public Units used(int made) {
        return order().used(made);
    }

    @Override
    public byte[] make(int number) {
        Order order = order();
        Optional<Footage> footage = operation == Operation.CREATE
                ? Optional.empty()
                : sources.file("video").flatMap(Footage::of);
        if (footage.isPresent()) {
            return worked(footage.get(), order, number);
        }
        BufferedImage first = sources.first().orElse(null);
        BufferedImage last = sources.pictures("end_image").findFirst().orElse(null);
        return Film.shoot(take(order, number, first, last, total(order)));
    }

    private byte[] worked(Footage footage, Order order, int number) {
        Take take = take(order, number, null, null, total(order));
        return switch (operation) {
            case ENLARGE -> Film.copy(footage, take);
            case WIDEN -> Film.extend(footage, take);
            case CREATE, EDIT, CUT_OUT, LEARN -> Film.restyle(footage, take);
        };
    }

    private static Take take(
            Order order, int number, @Nullable BufferedImage first, @Nullable BufferedImage last, long millis) {
        return new Take(
                order.prompt(),
                order.seed() + number,
                order.size().width(),
                order.size().height(),
                millis,
                first,
                last);
    }

    /** How long the film is on the whole; an extended one has the given one before it. */
    private long total(Order order) {
        return operation == Operation.WIDEN
                ? Math.min(LONGEST, order.milliseconds() + given("video").durationOr(0))
                : Math.min(LONGEST, order.milliseconds());
    }

    /** In the shape of what was given, and as long as a film that is worked on. */
    private Order order() {
        Given given = operation == Operation.CREATE ? given("image", "images") : given("video");
        boolean shaped = !new Fields(sources.call().parameters())
                .text("aspect_ratio", "aspectRatio", "size")
                .isEmpty();
        Order order = given.isKnown() && !shaped ? asked.sized(given.size(largest())) : asked;
        boolean asLong = operation == Operation.EDIT || operation == Operation.ENLARGE;
        return asLong ? order.lasting(Math.clamp(given.durationOr(asked.milliseconds()), 500, LONGEST)) : order;
    }

    /** The sandbox films small, but an enlarged film has to be larger. */
    private int largest() {
        if (Instructions.of(sources.call().parameters()).draft()) {
            return DRAFT;
        }
        if (operation != Operation.ENLARGE) {
            return SMALL;
        }
        String wanted = new Fields(sources.call().parameters())
                .text("target_resolution", "resolution")
                .toLowerCase(Locale.ROOT);
        return wanted.startsWith("480") ? 854 : LARGE;
    }

    private Given given(String... roles) {
        return sources.call().inputs().stream()
                .filter(input -> List.of(roles).contains(input.role()))
                .findFirst()
                .map(Given::of)
                .orElse(Given.NONE);
    }

    /** The shape and the length of a given file; zeros where they are not known. */
    private record Given(int width, int height, long millis) {
        static final Given NONE = new Given(0, 0, 0);

        static Given of(MediaInput input) {
            return new Given(input.width(), input.height(), input.durationMs());
        }

        boolean isKnown() {
            return width > 0 && height > 0;
        }

        long durationOr(long otherwise) {
            return millis > 0 ? millis : otherwise;
        }

        /** The same shape with this long a side, in whole blocks of eight pixels. */
        PixelSize size(int longest) {
            double scale = (double) longest / Math.max(width, height);
            return new PixelSize(side(width * scale), side(height * scale));
        }

        private static int side(double pixels) {
            return Math.clamp(Math.round(pixels / 8) * 8, 64, LARGE);
        }
    }
}
