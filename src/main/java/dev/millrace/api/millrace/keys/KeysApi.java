package dev.millrace.api.millrace.keys;

import static dev.millrace.api.millrace.openapi.Operation.delete;
import static dev.millrace.api.millrace.openapi.Operation.get;
import static dev.millrace.api.millrace.openapi.Operation.patch;
import static dev.millrace.api.millrace.openapi.Operation.post;
import static dev.millrace.api.millrace.openapi.Shape.json;

import dev.millrace.access.Permission;
import dev.millrace.api.millrace.MillraceApi;
import dev.millrace.api.millrace.OpenRouterError;
import dev.millrace.api.millrace.keys.KeyRoutes.DeletedBody;
import dev.millrace.api.millrace.keys.KeyRoutes.ListBody;
import dev.millrace.api.millrace.keys.KeyRoutes.MadeBody;
import dev.millrace.api.millrace.keys.KeyRoutes.OneBody;
import dev.millrace.api.millrace.keys.SuspensionRoutes.StandingBody;
import dev.millrace.api.millrace.openapi.Described;
import dev.millrace.api.millrace.openapi.Failures;
import dev.millrace.api.millrace.openapi.OpenApiDocument;
import dev.millrace.api.millrace.openapi.Operation;
import dev.millrace.server.ProblemJson;
import dev.millrace.server.Routes;

/** The routes that manage keys, and that suspend and resume. */
public final class KeysApi {
    private static final String KEY = "/api/v1/keys/{hash}";

    private final KeyRoutes keys;
    private final KeyActions actions;
    private final SuspensionRoutes suspensions;

    public KeysApi(KeyRooms rooms) {
        this.keys = new KeyRoutes(rooms);
        this.actions = new KeyActions(rooms, keys);
        this.suspensions = new SuspensionRoutes(rooms);
    }

    /** Registers them, and says in the document what they do. What OpenRouter has too fails in its shape. */
    public void register(Routes routes, OpenApiDocument document) {
        keys(new Described(
                routes.group(OpenRouterError::render).speaking(MillraceApi.DIALECT),
                OpenRouterError.failures(),
                document));
        suspensions(new Described(
                routes.group(ProblemJson::render).speaking(MillraceApi.DIALECT), Failures.problems(), document));
    }

    private void keys(Described described) {
        described
                .on(
                        get("/api/v1/keys", "listKeys", "The organization's keys, the newest first, 100 at a time.")
                                .needs(Permission.READ_KEYS)
                                .query("include_disabled", "boolean", "Whether resting keys are shown too.")
                                .query("include_revoked", "boolean", "Whether revoked keys are shown too.")
                                .query("offset", "integer", "How many to skip.")
                                .answers(200, json(ListBody.class)),
                        keys::list)
                .on(
                        post("/api/v1/keys", "createKey", "A key; the answer shows its secret, this once.")
                                .needs(Permission.MANAGE_OWN_KEYS)
                                .body(KeyForm.CREATE)
                                .answers(201, json(MadeBody.class)),
                        keys::create)
                .on(
                        get(KEY, "getKeyByHash", "One key, by its id.")
                                .needs(Permission.READ_KEYS)
                                .answers(200, json(OneBody.class))
                                .fails(404),
                        keys::one)
                .on(
                        change(patch(KEY, "changeKey", "Changes what the body names, and nothing else."))
                                .body(KeyForm.CHANGE)
                                .answers(200, json(OneBody.class)),
                        keys::change)
                .on(
                        change(delete(KEY, "revokeKey", "Revokes a key, for good."))
                                .answers(200, json(DeletedBody.class)),
                        keys::delete);
        actions(described);
    }

    private void actions(Described described) {
        described
                .on(
                        change(post(KEY + "/rotate", "rotateKey", "A new secret; the one before works on for a while."))
                                .body(KeyActions.ROTATE)
                                .answers(200, json(MadeBody.class)),
                        actions::rotate)
                .on(
                        change(delete(KEY + "/former", "endFormerSecrets", "Ends the secrets before the last one."))
                                .answers(200, json(OneBody.class)),
                        actions::endFormer)
                .on(
                        change(post(KEY + "/suspend", "suspendKey", "Suspends a key, and ends what it has running."))
                                .body(Bodies.REASON)
                                .answers(200, json(OneBody.class)),
                        actions::suspend)
                .on(
                        change(post(KEY + "/resume", "resumeKey", "Resumes a key."))
                                .answers(200, json(OneBody.class)),
                        actions::resume);
    }

    private static Operation change(Operation operation) {
        return operation.needs(Permission.MANAGE_OWN_KEYS).fails(404);
    }

    private void suspensions(Described described) {
        described
                .on(
                        post(
                                        "/api/v1/members/{id}/suspend",
                                        "suspendMember",
                                        "Suspends a member and the member's keys.")
                                .needs(Permission.MANAGE_MEMBERS)
                                .body(Bodies.REASON)
                                .answers(200, json(StandingBody.class))
                                .fails(404),
                        suspensions::suspendMember)
                .on(
                        post("/api/v1/members/{id}/resume", "resumeMember", "Resumes a member.")
                                .needs(Permission.MANAGE_MEMBERS)
                                .answers(200, json(StandingBody.class))
                                .fails(404),
                        suspensions::resumeMember)
                .on(
                        post(
                                        "/api/v1/organizations/{id}/suspend",
                                        "suspendOrganization",
                                        "Suspends an organization: it may look and pay; for the operator.")
                                .needs(Permission.OPERATE)
                                .body(Bodies.REASON)
                                .answers(200, json(StandingBody.class))
                                .fails(404),
                        suspensions::suspendOrganization)
                .on(
                        post("/api/v1/organizations/{id}/resume", "resumeOrganization", "Resumes an organization.")
                                .needs(Permission.OPERATE)
                                .answers(200, json(StandingBody.class))
                                .fails(404),
                        suspensions::resumeOrganization);
    }
}
