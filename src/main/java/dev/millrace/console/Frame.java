package dev.millrace.console;

import dev.millrace.access.Permission;
import java.util.List;
import java.util.function.Predicate;
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
 * @param path of the page
 * @param known whether the browser has signed in, as far as can be told without asking
 * @param who is signed in, on pages that are theirs; null on those for anybody
 */
public record Frame(
        String title,
        String summary,
        @Nullable Area area,
        String theme,
        String files,
        String base,
        ConsoleSettings site,
        String path,
        boolean known,
        @Nullable Who who) {
    /**
     * Somebody who is signed in.
     *
     * @param organization the name of the one that the page is about; empty for none
     * @param token what his forms have to carry
     * @param others the other organizations that he belongs to
     * @param notice what keeps him from changing anything there, as that it is suspended; empty where nothing does
     */
    public record Who(
            String name,
            String email,
            String organization,
            String token,
            List<Place> others,
            String notice,
            Predicate<Permission> may) {}

    /** An organization that he can turn to. */
    public record Place(String id, String name) {}

    /**
     * A page of his own that he can go to.
     *
     * @param needs what his role has to allow
     */
    public record Own(String title, String path, Permission needs) {}

    private static final List<Own> OWN = List.of(
            new Own("Overview", "/console/overview", Permission.READ_ORGANIZATION),
            new Own("Jobs", "/console/jobs", Permission.READ_JOBS),
            new Own("Usage", "/console/usage", Permission.READ_USAGE),
            new Own("Keys", "/console/keys", Permission.READ_KEYS),
            new Own("Wallet", "/console/wallet", Permission.READ_BILLING),
            new Own("Statement", "/console/statement", Permission.READ_BILLING),
            new Own("Invoices", "/console/invoices", Permission.READ_BILLING),
            new Own("Spend caps", "/console/caps", Permission.READ_BILLING),
            new Own("Limits", "/console/limits", Permission.READ_ORGANIZATION),
            new Own("Members", "/console/members", Permission.READ_MEMBERS),
            new Own("Audit log", "/console/audit", Permission.READ_AUDIT));

    /** The pages of his own; none on pages for anybody. */
    public List<Own> own() {
        return who == null
                ? List.of()
                : OWN.stream().filter(one -> who.may().test(one.needs())).toList();
    }

    /** The entries at the head of every page. */
    public Area[] areas() {
        return new Area[] {Area.MODELS, Area.PRICES, Area.START, Area.REFERENCE};
    }
}
