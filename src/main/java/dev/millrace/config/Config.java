package dev.millrace.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that was set, by whatever means, waiting to be bound to settings records. The command line wins over the
 * environment, the environment over the file, the file over the record's {@code DEFAULTS}.
 *
 * <p>Bind every section first, then {@link #refuseUnknown}: what is left over is a mistake.
 */
public final class Config {
    private final Map<String, Raw> file;
    private final Map<String, String> environment;
    private final Map<String, Raw> options;
    private final List<Setting> known = new ArrayList<>();

    private Config(Map<String, Raw> file, Map<String, String> environment, Map<String, Raw> options) {
        this.file = file;
        this.environment = environment;
        this.options = options;
    }

    /**
     * Reads the file, when there is one, and keeps what the environment says in {@code MILLRACE_<SECTION>_<NAME>}; an
     * empty variable counts as not set.
     *
     * @param options what the command line set: option by setting, as {@code server.port} → {@code --port=8080}
     * @throws ConfigException when the file is missing or is not YAML
     */
    public static Config load(@Nullable Path file, Map<String, String> environment, Map<String, String> options) {
        Map<String, Raw> given = new HashMap<>();
        options.forEach((key, option) -> {
            int split = option.indexOf('=');
            given.put(key, Raw.of(option.substring(split + 1), option.substring(0, split)));
        });
        Map<String, String> ours = environment.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(Setting.ENVIRONMENT_PREFIX))
                .filter(entry -> !entry.getValue().isEmpty())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new Config(file == null ? Map.of() : YamlFile.read(file), ours, given);
    }

    /**
     * The settings of one section. The record has a public static field {@code DEFAULTS}; its components are named as the
     * keys, and may be int, long, boolean, String, Secret, Duration, Money, Path, URI, an enum, or a list of String or Integer. A
     * number whose name ends in bytes takes sizes. A compact constructor may refuse with IllegalArgumentException.
     *
     * @throws ConfigException when a value does not fit
     */
    public <T extends Record> T bind(String section, Class<T> type) {
        Object defaults = defaults(type);
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            Setting setting = Setting.of(section, components[i], value(components[i], defaults));
            known.add(setting);
            Raw raw = find(setting);
            values[i] = raw == null ? setting.fallback() : Values.read(setting, raw);
        }
        return construct(section, type, components, values);
    }

    /** The settings of all sections that were bound, in the order of binding. */
    public List<Setting> known() {
        return List.copyOf(known);
    }

    /**
     * Refuses what no bound section knows.
     *
     * @param others environment variables that begin like settings and are something else
     * @throws ConfigException naming the first one, with what was probably meant
     */
    public void refuseUnknown(Set<String> others) {
        Set<String> keys = known.stream().map(Setting::key).collect(Collectors.toCollection(TreeSet::new));
        for (Map.Entry<String, Raw> entry : file.entrySet()) {
            if (!keys.contains(entry.getKey())) {
                throw new ConfigException(entry.getValue().origin() + ": " + unknown(entry.getKey(), keys));
            }
        }
        Set<String> names = known.stream().map(Setting::environmentName).collect(Collectors.toCollection(TreeSet::new));
        for (String name : new TreeSet<>(environment.keySet())) {
            if (!names.contains(name) && !others.contains(name)) {
                throw new ConfigException(
                        "the environment sets " + name + ", which is no setting" + Suggestion.of(name, names));
            }
        }
    }

    private String unknown(String key, Set<String> keys) {
        Set<String> sections = known.stream().map(Setting::section).collect(Collectors.toCollection(TreeSet::new));
        if (sections.contains(key)) {
            return key + " takes a group of settings, not a value";
        }
        String section = key.contains(".") ? key.substring(0, key.lastIndexOf('.')) : key;
        if (sections.contains(section)) {
            return "there is no setting " + key + Suggestion.of(key, keys);
        }
        return "there is no section " + section + Suggestion.of(section, sections);
    }

    private @Nullable Raw find(Setting setting) {
        Raw option = options.get(setting.key());
        if (option != null) {
            return option;
        }
        String variable = environment.get(setting.environmentName());
        return variable == null ? file.get(setting.key()) : Raw.of(variable, setting.environmentName());
    }

    private static Object defaults(Class<?> type) {
        try {
            return type.getField("DEFAULTS").get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " needs a public static DEFAULTS", e);
        }
    }

    private static @Nullable Object value(RecordComponent component, Object defaults) {
        try {
            return component.getAccessor().invoke(defaults);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a settings record must be public: " + defaults.getClass(), e);
        }
    }

    private static <T extends Record> T construct(
            String section, Class<T> type, RecordComponent[] components, @Nullable Object[] values) {
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return type.getConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw new ConfigException(section + ": " + refused.getMessage());
            }
            throw new IllegalStateException(type.getName() + " could not be made", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " needs its public canonical constructor", e);
        }
    }
}
