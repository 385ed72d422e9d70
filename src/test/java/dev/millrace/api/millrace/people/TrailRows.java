package dev.millrace.api.millrace.people;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the audit log has of every route that changes something: the action that its success writes, or why it writes none. */
final class TrailRows {
    /** Driven by {@link TrailRoutesTest}: the line is seen in the log. */
    private static final String DRIVEN = """
            DELETE /api/v1/caps/{subject}/{period} => cap.remove
            PUT /api/v1/caps/{subject}/{period} => cap.set
            POST /api/v1/codes => code.create
            DELETE /api/v1/codes/{id} => code.end
            POST /api/v1/invitations => invitation.create
            POST /api/v1/invitations/accept => member.join
            DELETE /api/v1/invitations/{id} => invitation.revoke
            POST /api/v1/invoices/{number}/payments => invoice.pay
            POST /api/v1/invoices/{number}/void => invoice.void
            POST /api/v1/keys => key.create
            DELETE /api/v1/keys/{hash} => key.revoke
            PATCH /api/v1/keys/{hash} => key.change
            DELETE /api/v1/keys/{hash}/former => key.end_former
            PUT /api/v1/keys/{hash}/limits => limits.set
            POST /api/v1/keys/{hash}/resume => key.resume
            POST /api/v1/keys/{hash}/rotate => key.rotate
            POST /api/v1/keys/{hash}/suspend => key.suspend
            DELETE /api/v1/members/{id} => member.remove
            PATCH /api/v1/members/{id} => member.role
            POST /api/v1/members/{id}/resume => member.resume
            POST /api/v1/members/{id}/suspend => member.suspend
            POST /api/v1/organizations => organization.create
            PATCH /api/v1/organizations/{id} => organization.change
            PATCH /api/v1/organizations/{id}/billing => billing.set
            PUT /api/v1/organizations/{id}/credit => credit.line
            POST /api/v1/organizations/{id}/grants => grant
            POST /api/v1/organizations/{id}/invoices => invoice.issue
            PUT /api/v1/organizations/{id}/limits => limits.set
            PUT /api/v1/organizations/{id}/plan => limits.plan
            POST /api/v1/organizations/{id}/resume => organization.resume
            POST /api/v1/organizations/{id}/suspend => organization.suspend
            POST /api/v1/organizations/{id}/topups => topup
            PUT /api/v1/plans/{name} => plan.set
            DELETE /api/v1/prices/markup => price.markup.remove
            PUT /api/v1/prices/markup => price.markup
            DELETE /api/v1/prices/minimum => price.minimum.remove
            PUT /api/v1/prices/minimum => price.minimum
            POST /api/v1/reconciliations => reconciliation.import
            POST /api/v1/reconciliations/{id}/lines/{line}/book => reconciliation.book
            POST /api/v1/refunds => refund
            DELETE /api/v1/wallet/auto-topup => auto_topup.forget
            PUT /api/v1/wallet/auto-topup => auto_topup.set
            POST /api/v1/wallet/codes => grant
            POST /api/v1/wallet/topups => topup.begin
            """;

    /** Not driven there: people's sign-in has tests of its own, and pages call what the API calls. */
    private static final String SAID = """
            POST /api/v1/email-verifications -> person.verify
            DELETE /api/v1/me -> person.erase
            PATCH /api/v1/me -> person.rename
            POST /api/v1/me/organizations -> organization.create
            POST /api/v1/me/password -> person.password
            POST /api/v1/me/totp/confirm -> person.totp_on
            POST /api/v1/me/totp/end -> person.totp_off
            POST /api/v1/oidc/code -> session.open
            POST /api/v1/oidc/finish -> session.open
            POST /api/v1/organizations/{id}/erase -> organization.erase
            POST /api/v1/password-links -> person.password_link
            POST /api/v1/password-requests -> person.password_link
            POST /api/v1/password-resets -> person.password
            POST /api/v1/people -> member.add
            POST /api/v1/people/{id}/erase -> person.erase
            DELETE /api/v1/people/{id}/sessions -> session.end_all
            DELETE /api/v1/people/{id}/totp -> person.totp_off
            DELETE /api/v1/sessions -> session.end_all
            POST /api/v1/sessions -> session.open
            DELETE /api/v1/sessions/{id} -> session.end
            POST /api/v1/signup -> organization.create
            POST /console/caps -> cap.set
            POST /console/forgotten -> person.password_link
            POST /console/invitation -> member.join
            POST /console/keys -> key.create
            POST /console/keys/{id} -> key.change
            POST /console/keys/{id}/end-former -> key.end_former
            POST /console/keys/{id}/resume -> key.resume
            POST /console/keys/{id}/revoke -> key.revoke
            POST /console/keys/{id}/rotate -> key.rotate
            POST /console/keys/{id}/suspend -> key.suspend
            POST /console/members/invitations -> invitation.create
            POST /console/members/invitations/{id}/revoke -> invitation.revoke
            POST /console/members/{id}/remove -> member.remove
            POST /console/members/{id}/resume -> member.resume
            POST /console/members/{id}/role -> member.role
            POST /console/members/{id}/suspend -> member.suspend
            POST /console/oidc/code -> session.open
            POST /console/password -> person.password
            POST /console/settings/password -> person.password
            POST /console/settings/profile -> person.rename
            POST /console/settings/sessions/end-others -> session.end_all
            POST /console/settings/sessions/{id}/end -> session.end
            POST /console/settings/two-step/confirm -> person.totp_on
            POST /console/settings/two-step/end -> person.totp_off
            POST /console/sign-in -> session.open
            POST /console/sign-out -> session.end
            POST /console/sign-up -> organization.create
            POST /console/verify -> person.verify
            POST /console/wallet/topups -> topup.begin
            POST /payments/stripe -> topup.paid
            """;

    /** Routes that write no line, and why. */
    private static final String SILENT = """
            POST /api/v1/me/email-verification -- a letter; its link writes a line
            POST /console/settings/verify -- a letter; its link writes a line
            POST /api/v1/invitations/look -- a reading
            POST /api/v1/prices/rerate -- a reading
            POST /api/v1/quotes -- a reading
            POST /estimate/{+model} -- a reading
            POST /api/v1/audit/run -- a reading; the run itself is kept, with who asked for it
            DELETE /api/v1/jobs/{id}/outputs/{index} -- files of a caller
            DELETE /api/v1/storage/{id} -- files of a caller
            POST /api/v1/storage -- files of a caller
            POST /api/v1/storage/uploads -- files of a caller
            POST /files/generate-upload-url -- files of a caller
            POST /v2/assets/create -- files of a caller
            POST /v2/uploads -- files of a caller
            PUT /assets/uploads/{id} -- files of a caller
            DELETE /api/v1/jobs/{id} -- jobs of a caller; what they cost is in the ledger
            DELETE /requests/{id} -- jobs of a caller; what they cost is in the ledger
            DELETE /v1/custom-references/{id} -- jobs of a caller; what they cost is in the ledger
            DELETE /v1/videos/{id} -- jobs of a caller; what they cost is in the ledger
            DELETE /v2/loras/{id} -- jobs of a caller; what they cost is in the ledger
            POST /api/v1/jobs/{id}/cancel -- jobs of a caller; what they cost is in the ledger
            POST /requests/{id}/cancel -- jobs of a caller; what they cost is in the ledger
            POST /api/v1/me/totp -- nothing holds before it is confirmed
            POST /console/settings/two-step -- nothing holds before it is confirmed
            POST /api/v1/oidc/start -- nothing is changed before its end
            DELETE /v2/{+rest} -- nothing is there
            POST /api/v1/audio/{+path} -- nothing is there
            POST /api/v1/images/{+path} -- nothing is there
            POST /api/{+path} -- nothing is there
            POST /v1/agent/{+path} -- nothing is there
            POST /v1/audio/{+path} -- nothing is there
            POST /v1/images/{+path} -- nothing is there
            POST /v1/videos/characters -- nothing is there
            POST /v1/videos/edits -- nothing is there
            POST /v1/videos/extensions -- nothing is there
            POST /v2/{+rest} -- nothing is there
            PUT /v2/{+rest} -- nothing is there
            POST /api/v1/audio/speech -- runs a model; what it costs is in the ledger
            POST /api/v1/audio/transcriptions -- runs a model; what it costs is in the ledger
            POST /api/v1/chat/completions -- runs a model; what it costs is in the ledger
            POST /api/v1/generations -- runs a model; what it costs is in the ledger
            POST /api/v1/images/edits -- runs a model; what it costs is in the ledger
            POST /api/v1/images/generations -- runs a model; what it costs is in the ledger
            POST /api/v1/videos -- runs a model; what it costs is in the ledger
            POST /api/v1/videos/generations -- runs a model; what it costs is in the ledger
            POST /v1/audio/speech -- runs a model; what it costs is in the ledger
            POST /v1/audio/transcriptions -- runs a model; what it costs is in the ledger
            POST /v1/chat/completions -- runs a model; what it costs is in the ledger
            POST /v1/custom-references -- runs a model; what it costs is in the ledger
            POST /v1/images/edits -- runs a model; what it costs is in the ledger
            POST /v1/images/generations -- runs a model; what it costs is in the ledger
            POST /v1/videos -- runs a model; what it costs is in the ledger
            POST /v1/videos/{id}/remix -- runs a model; what it costs is in the ledger
            POST /v2/images/background-remove -- runs a model; what it costs is in the ledger
            POST /v2/images/edit -- runs a model; what it costs is in the ledger
            POST /v2/images/generate -- runs a model; what it costs is in the ledger
            POST /v2/images/midjourney/action -- runs a model; what it costs is in the ledger
            POST /v2/images/upscale -- runs a model; what it costs is in the ledger
            POST /v2/loras -- runs a model; what it costs is in the ledger
            POST /v2/music/generate -- runs a model; what it costs is in the ledger
            POST /v2/music/suno/action -- runs a model; what it costs is in the ledger
            POST /v2/videos/edit -- runs a model; what it costs is in the ledger
            POST /v2/videos/generate -- runs a model; what it costs is in the ledger
            POST /v2/videos/upscale -- runs a model; what it costs is in the ledger
            POST /{+model} -- runs a model; what it costs is in the ledger
            POST /callbacks/{provider}/{job}/{token} -- what an upstream says of a job
            POST /console/organization -- what one session shows
            """;

    private static final Map<String, Row> ROWS = Stream.of(DRIVEN, SAID, SILENT)
            .flatMap(rows -> Arrays.stream(rows.strip().split("\n")))
            .map(TrailRows::row)
            .collect(Collectors.toUnmodifiableMap(Row::route, Function.identity()));

    /**
     * One route.
     *
     * @param route its method and pattern
     * @param mark what the row has: an action that is driven, one that is said, or a reason
     * @param said the action, or the reason
     */
    record Row(String route, String mark, String said) {
        boolean driven() {
            return mark.equals("=>");
        }

        boolean silent() {
            return mark.equals("--");
        }
    }

    private TrailRows() {}

    static Map<String, Row> all() {
        return ROWS;
    }

    private static Row row(String line) {
        String[] parts = line.split(" (?==>|->|--)|(?<==>|->|--) ", 3);
        return new Row(parts[0], parts[1], parts[2]);
    }
}
