package dev.millrace.provider.sandbox;

import dev.millrace.assets.Assets;
import dev.millrace.egress.Egress;
import dev.millrace.egress.EgressRequest;
import dev.millrace.egress.EgressResponse;
import dev.millrace.egress.Trust;
import dev.millrace.id.AssetId;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pictures by their links: an own upload is read from the asset store under its signed link, anything else is fetched as a
 * customer's URL. A link that can not be followed is no failure: a scene is painted instead.
 */
public final class LinkedImages implements InputImages {
    private static final Pattern OWN = Pattern.compile("/assets/([^/]+)/([^/]+)");
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
            URI uri = URI.create(url);
            Matcher own = OWN.matcher(uri.getRawPath() == null ? "" : uri.getRawPath());
            return own.matches() && signed(uri, own) ? own(own) : fetched(uri);
        } catch (IOException | RuntimeException notToBeHad) {
            return Optional.empty();
        }
    }

    /** The signature, not the host, says that a link is ours: a proxy may show another name than we know. */
    private boolean signed(URI uri, Matcher own) {
        Map<String, String> query = query(uri.getRawQuery() == null ? "" : uri.getRawQuery());
        String expires = query.getOrDefault("expires", "");
        String signature = query.getOrDefault("signature", "");
        return assets.links().verify(own.group(1), decoded(own.group(2)), expires, signature, clock.instant());
    }

    private Optional<byte[]> own(Matcher own) throws IOException {
        Optional<Assets.Opened> opened = AssetId.parse(own.group(1)).flatMap(assets::open);
        if (opened.isEmpty() || opened.get().asset().bytes() > LARGEST) {
            return Optional.empty();
        }
        return Optional.of(Files.readAllBytes(opened.get().file()));
    }

    private Optional<byte[]> fetched(URI uri) throws IOException {
        EgressResponse response = egress.send(EgressRequest.get(uri, PATIENCE, LARGEST, Trust.CUSTOMER));
        return response.status() == OK ? Optional.of(response.body()) : Optional.empty();
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> values = new HashMap<>();
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
