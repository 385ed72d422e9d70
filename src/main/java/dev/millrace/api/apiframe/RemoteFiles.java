package dev.millrace.api.apiframe;

import dev.millrace.assets.Asset;
import dev.millrace.assets.Assets;
import dev.millrace.egress.Egress;
import dev.millrace.egress.EgressException;
import dev.millrace.egress.EgressFailure;
import dev.millrace.egress.EgressRequest;
import dev.millrace.egress.Trust;
import dev.millrace.id.AssetId;
import dev.millrace.id.OrganizationId;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Copies files behind customers' URLs into the asset store: own ones from the disk, others through the guarded egress. */
final class RemoteFiles {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OK = 200;

    private final Egress egress;
    private final Assets assets;
    private final FileIntake intake;
    private final InstantSource clock;

    RemoteFiles(Egress egress, Assets assets, FileIntake intake, InstantSource clock) {
        this.egress = egress;
        this.assets = assets;
        this.intake = intake;
        this.clock = clock;
    }

    /**
     * The copy.
     *
     * @throws ProblemException {@code INVALID_PARAMETER} on the field for a URL that may not be reached or a file that the
     *     rule is against, {@code UPSTREAM_ERROR} when it can not be fetched
     */
    Asset copy(OrganizationId organization, String field, String url, Duration life, FileIntake.Rule rule) {
        Optional<AssetId> own = assets.links().find(url, clock.instant());
        if (own.isEmpty()) {
            egress.check(field, url);
        }
        try {
            return own.isPresent()
                    ? local(organization, field, own.get(), life, rule)
                    : egress.exchange(
                            EgressRequest.get(URI.create(url), PATIENCE, FileIntake.VIDEO_MAX, Trust.CUSTOMER),
                            (status, headers, body) -> taken(status, organization, field, body, life, rule));
        } catch (EgressException e) {
            throw e.failure() == EgressFailure.TOO_LARGE
                    ? Problem.parameter(field, "File too large: at most 50 MB are taken.")
                            .toException()
                    : unfetched("can not be reached");
        } catch (IOException e) {
            throw unfetched("broke off");
        }
    }

    private Asset local(OrganizationId organization, String field, AssetId id, Duration life, FileIntake.Rule rule)
            throws IOException {
        Assets.Opened opened = assets.open(id).orElseThrow(() -> unfetched("is not there any more"));
        try (InputStream bytes = Files.newInputStream(opened.file())) {
            return intake.take(organization, field, bytes, life, rule);
        }
    }

    private Asset taken(
            int status,
            OrganizationId organization,
            String field,
            InputStream body,
            Duration life,
            FileIntake.Rule rule)
            throws IOException {
        if (status != OK) {
            throw unfetched("answered " + status);
        }
        return intake.take(organization, field, body, life, rule);
    }

    private static ProblemException unfetched(String why) {
        return new ProblemException(
                ProblemCode.UPSTREAM_ERROR, "The file could not be fetched: its server " + why + ".");
    }
}
