package dev.millrace.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Says a size, a shape or a resolution with those parameters that a model has for it. */
final class Shapes {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String SIZE = "size";
    private static final String WIDTH = "width";
    private static final String HEIGHT = "height";
    private static final String ASPECT_RATIO = "aspect_ratio";

    /** Takes what is to be said with a parameter. */
    interface Target {
        void put(String name, Given given, JsonNode value);
    }

    private final InputSchema input;
    private final Map<String, String> roles;

    Shapes(InputSchema input) {
        this.input = input;
        this.roles = input.roles();
    }

    /** Width and height as one size, where the model has no parameters for the two. */
    List<Given> joined(List<Given> given) {
        Optional<Given> width = one(given, WIDTH);
        Optional<Given> height = one(given, HEIGHT);
        if (roles.containsKey(WIDTH) || width.isEmpty() || height.isEmpty()) {
            return given;
        }
        List<Given> joined = new ArrayList<>(given);
        joined.remove(height.get());
        String size =
                width.get().value().asString("") + "x" + height.get().value().asString("");
        joined.set(joined.indexOf(width.get()), new Given(SIZE, width.get().field(), NODES.stringNode(size)));
        return joined;
    }

    private static Optional<Given> one(List<Given> given, String role) {
        return given.stream()
                .filter(one -> one.role().equals(role) && !one.value().isNull())
                .findFirst();
    }

    /** Says it by other parameters; false when the model has none for it. */
    boolean write(Given given, Target target) {
        return switch (given.role()) {
            case SIZE -> size(given, target);
            case ASPECT_RATIO -> shape(given, target);
            default -> false;
        };
    }

    private boolean size(Given given, Target target) {
        Optional<Pixels> pixels = Pixels.of(given.value().asString(""));
        if (pixels.isEmpty()) {
            return false;
        }
        String width = roles.get(WIDTH);
        String height = roles.get(HEIGHT);
        if (width != null && height != null) {
            target.put(width, given, NODES.numberNode(pixels.get().width()));
            target.put(height, given, NODES.numberNode(pixels.get().height()));
            return true;
        }
        String shape = roles.get(ASPECT_RATIO);
        String named = shape == null ? null : shapeOf(pixels.get(), shape);
        if (shape == null || named == null) {
            return false;
        }
        target.put(shape, given, NODES.stringNode(named));
        String resolution = roles.get("resolution");
        String nearest = resolution == null ? null : pixels.get().nearestResolution(listed(resolution));
        if (resolution != null && nearest != null) {
            target.put(resolution, given, NODES.stringNode(nearest));
        }
        return true;
    }

    private @Nullable String shapeOf(Pixels pixels, String parameter) {
        List<String> shapes = listed(parameter);
        return shapes.isEmpty() ? pixels.shape() : Ratio.nearest(pixels.ratio(), shapes);
    }

    private boolean shape(Given given, Target target) {
        OptionalDouble ratio = Ratio.of(given.value().asString(""));
        if (ratio.isEmpty()) {
            return false;
        }
        Pixels pixels = Pixels.megapixel(ratio.getAsDouble());
        String size = roles.get(SIZE);
        if (size != null) {
            List<String> sizes = listed(size);
            String nearest = sizes.isEmpty()
                    ? pixels.width() + "x" + pixels.height()
                    : Ratio.nearest(ratio.getAsDouble(), sizes);
            if (nearest != null) {
                target.put(size, given, NODES.stringNode(nearest));
            }
            return nearest != null;
        }
        String width = roles.get(WIDTH);
        String height = roles.get(HEIGHT);
        if (width != null && height != null) {
            target.put(width, given, NODES.numberNode(pixels.width()));
            target.put(height, given, NODES.numberNode(pixels.height()));
        }
        return width != null && height != null;
    }

    private List<String> listed(String parameter) {
        return StreamSupport.stream(input.parameter(parameter).path("enum").spliterator(), false)
                .map(value -> value.asString(""))
                .toList();
    }
}
