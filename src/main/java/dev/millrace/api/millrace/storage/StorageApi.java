package dev.millrace.api.millrace.storage;

import dev.millrace.access.Access;
import dev.millrace.access.Permission;
import dev.millrace.api.millrace.CreateOnce;
import dev.millrace.api.millrace.MillraceApi;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.openapi.Described;
import dev.millrace.api.millrace.openapi.Failures;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.api.millrace.openapi.OpenApiDocument;
import dev.millrace.api.millrace.openapi.Operation;
import dev.millrace.api.millrace.openapi.Shape;
import dev.millrace.assets.Assets;
import dev.millrace.assets.Uploads;
import dev.millrace.id.IdSource;
import dev.millrace.server.ProblemJson;
import dev.millrace.server.Routes;
import java.time.InstantSource;

/** The routes of the storage. */
public final class StorageApi {
    private static final String LINK = "How many seconds the link is to hold: 60 to 7776000, an hour otherwise.";

    private final StorageRoutes storage;

    public StorageApi(
            Access access, Assets assets, Uploads uploads, CreateOnce once, IdSource ids, InstantSource clock) {
        this.storage = new StorageRoutes(access, assets, uploads, new Uploading(assets, once, ids, clock), clock);
    }

    /** Registers them, and says in the document what they do. */
    public void register(Routes routes, OpenApiDocument document) {
        new Described(routes.group(ProblemJson::render).speaking(MillraceApi.DIALECT), Failures.problems(), document)
                .on(
                        Operation.post("/api/v1/storage", "uploadFile", "Stores an image, a video or a sound.")
                                .needs(Permission.USE_MODELS)
                                .query("name", "string", "What the file is called.")
                                .query("expires_in", "integer", LINK)
                                .repeatable()
                                .body(Form.file())
                                .answers(201, Shape.json(FileBody.class))
                                .fails(410, 415),
                        storage::upload)
                .on(
                        Operation.post(
                                        "/api/v1/storage/uploads",
                                        "createUploadLink",
                                        "A link to PUT one file to, without a key.")
                                .needs(Permission.USE_MODELS)
                                .body(StorageRoutes.TICKET_FORM)
                                .answers(201, Shape.json(StorageBodies.TicketBody.class)),
                        storage::ticket)
                .on(
                        Operation.get("/api/v1/storage", "listFiles", "The organization's files, newest first.")
                                .needs(Permission.READ_JOBS)
                                .query("expires_in", "integer", LINK)
                                .paged()
                                .answers(200, Shape.json(PageBody.class, FileBody.class)),
                        storage::list)
                .on(
                        Operation.get("/api/v1/storage/usage", "getStorageUsage", "What the uploads take, and may.")
                                .needs(Permission.READ_JOBS)
                                .answers(200, Shape.json(StorageBodies.UseBody.class)),
                        storage::use)
                .on(
                        Operation.get("/api/v1/storage/{id}", "getFile", "One file, with a signed link.")
                                .needs(Permission.READ_JOBS)
                                .query("expires_in", "integer", LINK)
                                .answers(200, Shape.json(FileBody.class))
                                .fails(404),
                        storage::one)
                .on(
                        Operation.get("/api/v1/storage/{id}/content", "getFileContent", "The file itself; ranges too.")
                                .needs(Permission.READ_JOBS)
                                .answers(200, Shape.file("*/*"))
                                .answers(206, Shape.file("*/*"))
                                .fails(404),
                        storage::content)
                .on(
                        Operation.delete("/api/v1/storage/{id}", "deleteFile", "Erases an upload.")
                                .needs(Permission.USE_MODELS)
                                .answers(200, Shape.json(StorageBodies.DeletedBody.class))
                                .fails(403, 404),
                        storage::erase);
    }
}
