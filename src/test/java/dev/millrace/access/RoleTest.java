package dev.millrace.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RoleTest {
    private static final Path PAGE = Path.of("docs/roles.md");
    private static final String BEGIN = "<!-- roles: begin -->";
    private static final String END = "<!-- roles: end -->";

    @Test
    void the_page_shows_the_table_as_it_is() throws IOException {
        String page = Files.readString(PAGE);
        String found = page.substring(page.indexOf(BEGIN), page.indexOf(END) + END.length());
        String expected = BEGIN + "\n" + table() + END;
        if (!found.equals(expected) && System.getProperty("update") != null) {
            Files.writeString(PAGE, page.replace(found, expected));
            return;
        }
        assertThat(found)
                .as(PAGE + " is behind access.Role; run this test with -Dupdate=yes to write it")
                .isEqualTo(expected);
    }

    @Test
    void an_owner_may_everything_and_each_role_less_than_he() {
        for (Permission permission : Permission.values()) {
            assertThat(Role.OWNER.may(permission)).isTrue();
        }
        for (Role role : Role.values()) {
            assertThat(Role.OWNER.covers(role)).isTrue();
            assertThat(role.covers(Role.OWNER)).isEqualTo(role == Role.OWNER);
        }
    }

    @Test
    void a_viewer_changes_nothing() {
        assertThat(Role.VIEWER.permissions()).allMatch(Permission::reads);
    }

    @Test
    void the_installation_is_run_from_its_own_organization_alone() {
        assertThat(new Standing(Role.OWNER, false, false, null).may(Permission.OPERATE))
                .isFalse();
        assertThat(new Standing(Role.OWNER, true, false, null).may(Permission.OPERATE))
                .isTrue();
        assertThat(new Standing(Role.VIEWER, true, false, null).may(Permission.OPERATE))
                .isFalse();
    }

    private static String table() {
        String roles = Arrays.stream(Role.values()).map(Role::wire).collect(Collectors.joining(" | "));
        StringBuilder text = new StringBuilder("| permission | " + roles + " | what it allows |\n")
                .append("| --- ")
                .append("| --- ".repeat(Role.values().length))
                .append("| --- |\n");
        for (Permission permission : Permission.values()) {
            String marks = Arrays.stream(Role.values())
                    .map(role -> role.may(permission) ? "yes" : "–")
                    .collect(Collectors.joining(" | "));
            text.append("| `" + permission.wire() + "` | " + marks + " | " + permission.meaning() + " |\n");
        }
        return text.toString();
    }
}
