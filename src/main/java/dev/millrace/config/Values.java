package dev.millrace.config;

import dev.millrace.money.Money;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Turns written values into typed ones and back. */
final class Values {
    private Values() {}

    /** @throws ConfigException one line that names the setting, what was given (unless secret) and what it takes */
    static Object read(Setting setting, Raw raw) {
        if (raw.list() && !isList(setting.type())) {
            throw new ConfigException(unfit(setting, raw, "a list"));
        }
        try {
            return convert(setting, raw);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ConfigException(unfit(setting, raw, setting.secret() ? "what was given" : quote(raw.text())));
        }
    }

    private static String unfit(Setting setting, Raw raw, String given) {
        String name = raw.origin().startsWith(Setting.ENVIRONMENT_PREFIX) ? "" : ": " + setting.key();
        return raw.origin() + name + " takes " + describe(setting) + ", not " + given;
    }

    private static String quote(String text) {
        String oneLine = text.replaceAll("\\s+", " ");
        return "\"" + (oneLine.length() > 60 ? oneLine.substring(0, 60) + "…" : oneLine) + "\"";
    }

    private static Object convert(Setting setting, Raw raw) {
        Type type = setting.type();
        String text = raw.text().strip();
        if (isList(type)) {
            List<String> items = raw.list() ? raw.texts() : items(text);
            return ofNumbers(type) ? items.stream().map(Integer::valueOf).toList() : items;
        }
        if (type == String.class) {
            return raw.text();
        }
        if (type == Secret.class) {
            return new Secret(raw.text());
        }
        if (type == int.class || type == Integer.class) {
            return Math.toIntExact(number(setting, text));
        }
        if (type == long.class || type == Long.class) {
            return number(setting, text);
        }
        if (type == boolean.class || type == Boolean.class) {
            return flag(text);
        }
        if (type == Duration.class) {
            return DurationText.parse(text);
        }
        if (type == Money.class) {
            return Money.usd(text);
        }
        if (type == Path.class) {
            return path(text);
        }
        if (type == URI.class) {
            return absolute(text);
        }
        if (type instanceof Class<?> one && one.isEnum()) {
            return constant(one, text);
        }
        throw new IllegalStateException("a setting can not have the type " + type);
    }

    private static long number(Setting setting, String text) {
        return setting.countsBytes() ? ByteSizeText.parse(text) : Long.parseLong(text.replace("_", ""));
    }

    private static boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    private static Path path(String text) {
        return text.startsWith("~/") ? Path.of(System.getProperty("user.home"), text.substring(2)) : Path.of(text);
    }

    private static URI absolute(String text) {
        URI uri = URI.create(text);
        if (uri.getScheme() == null || uri.getHost() == null) {
            throw new IllegalArgumentException();
        }
        return uri;
    }

    private static List<String> items(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static Object constant(Class<?> type, String text) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equalsIgnoreCase(text.replace('-', '_'))) {
                return constant;
            }
        }
        throw new IllegalArgumentException();
    }

    private static boolean isList(Type type) {
        return type instanceof ParameterizedType generic && generic.getRawType() == List.class;
    }

    private static boolean ofNumbers(Type list) {
        Type item = ((ParameterizedType) list).getActualTypeArguments()[0];
        if (item != String.class && item != Integer.class) {
            throw new IllegalStateException("a setting can not be a list of " + item);
        }
        return item == Integer.class;
    }

    static String describe(Setting setting) {
        Type type = setting.type();
        if (isList(type)) {
            return ofNumbers(type)
                    ? "a list of whole numbers, with commas between"
                    : "a list of texts, with commas between";
        }
        if (setting.countsBytes()) {
            return "a number of bytes such as 512KB or 16MB";
        }
        if (type instanceof Class<?> one && one.isEnum()) {
            return Arrays.stream(one.getEnumConstants())
                    .map(Values::write)
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        return switch (((Class<?>) type).getSimpleName()) {
            case "int", "long", "Integer", "Long" -> "a whole number";
            case "boolean", "Boolean" -> "true or false";
            case "Duration" -> "a duration such as 500ms, 30s, 5m, 2h or 7d";
            case "Money" -> "an amount in dollars such as 12.50";
            case "Path" -> "a path";
            case "URI" -> "a URL such as https://api.example.com";
            case "Secret" -> "a secret text";
            default -> "a text";
        };
    }

    /** The value as it could be written in the file. */
    static String write(Object value) {
        return switch (value) {
            case Duration duration -> DurationText.write(duration);
            case Money money -> money.toUsd();
            case List<?> list -> list.stream().map(String::valueOf).collect(Collectors.joining(", "));
            case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
            case Path path -> path.toString();
            default -> value.toString();
        };
    }
}
