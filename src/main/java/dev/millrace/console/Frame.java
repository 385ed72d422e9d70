package dev.millrace.console;

import org.jspecify.annotations.Nullable;

/**
 * What stands around the content of one page.
 *
 * @param title of the page, without the installation's name
 * @param summary what the page is, for search and for previews
 * @param area where the page belongs; null for none
 * @param theme {@code light} or {@code dark} where the reader chose one, otherwise empty: as the system says
 * @param files where scripts, styles and fonts are: a path that changes with them, without a slash at its end
 * @param base the base URL under which this reader reaches the server
 * @param site who runs the installation
 */
public record Frame(
        String title,
        String summary,
        @Nullable Area area,
        String theme,
        String files,
        String base,
        ConsoleSettings site) {
    /** The entries at the head of every page. */
    public Area[] areas() {
        return new Area[] {Area.MODELS, Area.PRICES, Area.START, Area.REFERENCE};
    }
}
