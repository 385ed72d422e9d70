package dev.millrace.console.account;

import dev.millrace.access.Caller;
import dev.millrace.access.KeyInfo;
import dev.millrace.access.KeyState;
import dev.millrace.access.Permission;
import dev.millrace.access.people.Member;
import dev.millrace.console.Pages;
import dev.millrace.console.Pages.Content;
import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import dev.millrace.limits.CapEvent;
import dev.millrace.limits.CapPeriod;
import dev.millrace.limits.CapSubject;
import dev.millrace.limits.Caps;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /console/caps}: how much the organization, its members and its keys may spend, seen by all who see money and set by who may. */
public final class CapPages {
    private static final String PATH = "/console/caps";
    private static final int EVENTS = 20;

    private final AccountRooms rooms;
    private final Visitors visitors;
    private final Pages pages;

    CapPages(AccountRooms rooms, Visitors visitors, Pages pages) {
        this.rooms = rooms;
        this.visitors = visitors;
        this.pages = pages;
    }

    /** Somebody whose spending can be capped. */
    public record Choice(String subject, String name) {}

    /** The caps of one subject. */
    public record Group(String name, String link, List<CapLine> caps) {}

    /** That a threshold was passed. */
    public record Event(String at, String who, String period, long percent, String limit, String spent) {}

    /** All that the page shows. */
    public record View(
            List<Group> groups,
            List<Choice> choices,
            List<Event> events,
            String zone,
            boolean maySet,
            String failure) {}

    /** {@code GET /console/caps}. */
    Response list(Request request) {
        return show(request, visitors.enter(request), 200, "");
    }

    /** {@code POST /console/caps}: sets, changes or removes one. */
    Response set(Request request) {
        Visitor visitor = visitors.enter(request);
        FormBody form = FormBody.of(request, visitor.token());
        Caller caller = visitor.caller();
        try {
            CapSubject subject =
                    CapSubject.of(caller.organization(), form.text("subject")).orElseThrow(CapPages::nobody);
            CapPeriod period = CapPeriod.of(form.text("period"))
                    .orElseThrow(() -> Problem.parameter("period", "must be day, week, month or total.")
                            .toException());
            Money limit = form.ticked("remove") ? null : amount(form.text("limit_usd"));
            rooms.database().writer().<Boolean>write(caller.organization().text(), tx -> {
                require(tx, subject);
                return change(tx, caller, subject, period, limit);
            });
            KeyId key = subject.key();
            return Answers.to(key == null ? PATH : "/console/keys/" + key.text());
        } catch (ProblemException refused) {
            Problem problem = refused.problem();
            return show(request, visitor, problem.code().status(), Blunder.told(problem));
        }
    }

    private boolean change(Tx tx, Caller caller, CapSubject subject, CapPeriod period, @Nullable Money limit) {
        try {
            return rooms.organization().treasury().cap(tx, caller.actor(), subject, period, limit);
        } catch (IllegalArgumentException e) {
            throw Problem.parameter("limit_usd", "will not do: " + e.getMessage() + ".")
                    .toException();
        }
    }

    private void require(Tx tx, CapSubject subject) {
        KeyId key = subject.key();
        MemberId member = subject.member();
        boolean there = key != null
                ? rooms.keyring().access().info(tx, subject.organization(), key).isPresent()
                : member == null
                        || rooms.members()
                                .find(tx, subject.organization(), member)
                                .isPresent();
        if (!there) {
            throw nobody();
        }
    }

    private static ProblemException nobody() {
        return Problem.parameter("subject", "must be the organization, or a member or a key of it.")
                .toException();
    }

    private static Money amount(String text) {
        if (!text.matches("[0-9]{1,10}(\\.[0-9]{1,9})?")) {
            throw Problem.parameter("limit_usd", "must be dollars, such as 25.00; 0 lets nothing pass.")
                    .toException();
        }
        if (new BigDecimal(text).compareTo(Caps.MOST.toDecimal()) > 0) {
            throw Problem.parameter("limit_usd", "can be at most " + Caps.MOST.toUsd() + ".")
                    .toException();
        }
        return Money.usd(text);
    }

    private Response show(Request request, Visitor visitor, int status, String failure) {
        View view = rooms.database().read(tx -> view(tx, visitor.caller(), failure));
        return pages.personal(
                request,
                status,
                new Content("account/caps.jte", "Spend caps", "How much may be spent.", null, Map.of("page", view)),
                Visitors.told(visitor));
    }

    private View view(Tx tx, Caller caller, String failure) {
        OrganizationId organization = caller.organization();
        Map<String, String> names = names(tx, organization);
        Map<String, List<CapLine>> caps = new LinkedHashMap<>();
        rooms.organization()
                .caps()
                .all(tx, organization)
                .forEach(cap -> caps.computeIfAbsent(cap.subject().code(), code -> new ArrayList<>())
                        .add(CapLine.of(
                                cap,
                                names.getOrDefault(
                                        cap.subject().code(), cap.subject().code()))));
        List<String> order = new ArrayList<>(names.keySet());
        caps.keySet().stream().filter(code -> !names.containsKey(code)).forEach(order::add);
        List<Group> groups = caps.entrySet().stream()
                .sorted(Comparator.comparingInt(one -> order.indexOf(one.getKey())))
                .map(one ->
                        new Group(names.getOrDefault(one.getKey(), one.getKey()), link(one.getKey()), one.getValue()))
                .toList();
        List<Event> events = rooms.organization().caps().events(tx, organization, EVENTS).stream()
                .map(event -> event(event, names))
                .toList();
        return new View(
                groups,
                choices(tx, organization),
                events,
                rooms.organizations().timeZone(tx, organization).getId(),
                caller.may(Permission.MANAGE_BILLING),
                failure);
    }

    private static String link(String code) {
        return code.startsWith("key:") ? "/console/keys/" + code.substring("key:".length()) : "";
    }

    private static Event event(CapEvent event, Map<String, String> names) {
        String code = event.subject().code();
        return new Event(
                Moments.of(event.at()),
                names.getOrDefault(code, code),
                event.period().wire(),
                event.threshold(),
                Cash.exact(event.limit()),
                Cash.exact(event.spent()));
    }

    /** What everybody is called on this page, also keys that are revoked. */
    private Map<String, String> names(Tx tx, OrganizationId organization) {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(CapSubject.organization(organization).code(), "The organization");
        for (Member member : rooms.members().list(tx, organization)) {
            names.put(CapSubject.member(organization, member.id()).code(), "Member " + member.name());
        }
        for (KeyInfo key : rooms.keyring().access().list(tx, organization)) {
            names.put(CapSubject.key(organization, key.id()).code(), "Key " + key.name());
        }
        return names;
    }

    private List<Choice> choices(Tx tx, OrganizationId organization) {
        Map<String, String> names = names(tx, organization);
        rooms.keyring().access().list(tx, organization).stream()
                .filter(key -> key.state() == KeyState.REVOKED)
                .forEach(key ->
                        names.remove(CapSubject.key(organization, key.id()).code()));
        return names.entrySet().stream()
                .map(one -> new Choice(one.getKey(), one.getValue()))
                .toList();
    }
}
