package dev.millrace.api.millrace.openapi;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * What one answer looks like.
 *
 * @param mediaType its content type
 * @param type the record that is its JSON; null for bytes, text and event streams
 */
public record Shape(String mediaType, @Nullable Type type) {
    /** A record as JSON. */
    public static Shape json(Class<?> type) {
        return new Shape("application/json", type);
    }

    /** A record with a type parameter as JSON, such as a page of jobs. */
    public static Shape json(Class<?> outer, Class<?> inner) {
        return new Shape("application/json", new Of(outer, inner));
    }

    /** Server-sent events. */
    public static Shape events() {
        return new Shape("text/event-stream", null);
    }

    /** A file. */
    public static Shape file(String mediaType) {
        return new Shape(mediaType, null);
    }

    /** A generic type with its one argument. */
    private record Of(Class<?> outer, Class<?> inner) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return new Type[] {inner};
        }

        @Override
        public Type getRawType() {
            return outer;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return null;
        }
    }
}
