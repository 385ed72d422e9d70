package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.config.Config;
import dev.millrace.config.Setting;
import dev.millrace.lease.WorkersSettings;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every settings record of the project is bound, and every setting stands in the documentation. */
class SettingsTest {
    private static final Path PAGE = Path.of("docs/configuration.md");
    private static final String BEGIN = "<!-- settings: begin -->";
    private static final String END = "<!-- settings: end -->";

    /** Records that are no section of their own. */
    private static final Set<Class<?>> NOT_SECTIONS = Set.of(WorkersSettings.class);

    @Test
    void every_settings_record_is_bound() throws IOException {
        Set<String> bound = Arrays.stream(Settings.class.getRecordComponents())
                .map(component -> component.getType().getName())
                .collect(Collectors.toSet());
        NOT_SECTIONS.forEach(type -> bound.add(type.getName()));
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<String> records = files.filter(file -> file.toString().endsWith("Settings.java"))
                    .map(file -> Path.of("src/main/java")
                            .relativize(file)
                            .toString()
                            .replace(".java", "")
                            .replace('/', '.'))
                    .filter(name -> !name.equals(Settings.class.getName()))
                    .toList();
            assertThat(bound).containsExactlyInAnyOrderElementsOf(records);
        }
    }

    @Test
    void nothing_set_gives_every_records_defaults() throws ReflectiveOperationException {
        Settings settings = Settings.load(null, Path.of("none"), Map.of(), Map.of());
        for (RecordComponent component : Settings.class.getRecordComponents()) {
            assertThat(component.getAccessor().invoke(settings))
                    .isEqualTo(component.getType().getField("DEFAULTS").get(null));
        }
    }

    @Test
    void the_documentation_lists_every_setting_as_it_is() throws IOException {
        String page = Files.readString(PAGE);
        String expected = BEGIN + "\n" + table() + END;
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        assertThat(begin).as(PAGE + " has " + BEGIN).isNotNegative();
        String found = page.substring(begin, end + END.length());
        if (!found.equals(expected) && System.getProperty("update") != null) {
            Files.writeString(PAGE, page.replace(found, expected));
            return;
        }
        assertThat(found)
                .as(PAGE + " is behind the settings; run this test with -Dupdate=yes to write it")
                .isEqualTo(expected);
    }

    private static String table() throws IOException {
        Config config = Config.load(null, Map.of(), Map.of());
        Settings.bind(config);
        Map<String, Class<?>> types = new TreeMap<>();
        for (RecordComponent component : Settings.class.getRecordComponents()) {
            types.put(component.getName(), component.getType());
        }
        StringBuilder text = new StringBuilder();
        String section = "";
        for (Setting setting : config.known()) {
            if (!setting.section().equals(section)) {
                section = setting.section();
                text.append("\n### ").append(section).append("\n\n");
                text.append("| setting | otherwise | takes | what it does |\n| --- | --- | --- | --- |\n");
            }
            text.append(row(setting, descriptions(types.get(section)))).append('\n');
        }
        return text.append('\n').toString();
    }

    private static String row(Setting setting, Map<String, String> descriptions) {
        String what = descriptions.get(setting.name());
        assertThat(what).as("a @param for " + setting.key()).isNotBlank();
        String fallback = setting.fallbackText().isEmpty() ? "–" : "`" + setting.fallbackText() + "`";
        return "| `" + setting.key() + "` | " + fallback + " | " + setting.takes() + " | " + what + " |";
    }

    /** What the Javadoc of a record says of its components, by the name of the setting. */
    private static Map<String, String> descriptions(Class<?> type) throws IOException {
        Path source = Path.of("src/main/java", type.getName().replace('.', '/') + ".java");
        String text = Files.readString(source);
        int begin = text.lastIndexOf("/**", text.indexOf("public record"));
        String doc = text.substring(begin, text.indexOf("*/", begin)).replaceAll("\\n\\s*\\*\\s?", " ");
        Map<String, String> found = new TreeMap<>();
        Matcher param = Pattern.compile("@param (\\w+) (.*?)(?=@param|$)", Pattern.DOTALL)
                .matcher(doc);
        while (param.find()) {
            String what = param.group(2).strip().replaceAll("\\s+", " ").replaceAll("\\{@\\w+ ([^}]*)}", "`$1`");
            found.put(
                    snake(param.group(1)),
                    what.replaceAll("\\bnull\\b", "not set").replace("|", "\\|"));
        }
        return found;
    }

    private static String snake(String name) {
        List<String> words = new ArrayList<>(List.of(name.split("(?=[A-Z])")));
        return words.stream()
                .map(word -> word.toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.joining("_"));
    }
}
