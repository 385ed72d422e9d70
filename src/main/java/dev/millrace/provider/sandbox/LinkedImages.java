package dev.millrace.provider.sandbox;

import dev.millrace.assets.Assets;
import dev.millrace.egress.Egress;
import dev.millrace.egress.EgressRequest;
import dev.millrace.egress.EgressResponse;
import dev.millrace.egress.Trust;
import dev.millrace.id.AssetId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Pictures by their links: an own upload is read from the asset store under its signed link, anything else is fetched as a
 * customer's URL. A link that can not be followed is no failure: a scene is painted instead.
 */
public final class LinkedImages implements InputImages {
    private static final long LARGEST = 30_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final int OK = 200;

    private final Assets assets;
    private final Egress egress;
    private final InstantSource clock;

    public LinkedImages(Assets assets, Egress egress, InstantSource clock) {
        this.assets = assets;
        this.egress = egress;
        this.clock = clock;
    }

    @Override
    public Optional<byte[]> load(String url) {
        try {
            Optional<AssetId> own = assets.links().find(url, clock.instant());
            return own.isPresent() ? stored(own.get()) : fetched(URI.create(url));
        } catch (IOException | RuntimeException notToBeHad) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> stored(AssetId id) throws IOException {
        Optional<Assets.Opened> opened = assets.open(id);
        if (opened.isEmpty() || opened.get().asset().bytes() > LARGEST) {
            return Optional.empty();
        }
        return Optional.of(Files.readAllBytes(opened.get().file()));
    }

    private Optional<byte[]> fetched(URI uri) throws IOException {
        EgressResponse response = egress.send(EgressRequest.get(uri, PATIENCE, LARGEST, Trust.CUSTOMER));
        return response.status() == OK ? Optional.of(response.body()) : Optional.empty();
    }
}
