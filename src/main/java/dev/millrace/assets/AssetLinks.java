package dev.millrace.assets;

import dev.millrace.crypto.Digest;
import dev.millrace.id.AssetId;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Signs links to files: whoever holds a link may read that one file until it expires, and nobody can make a link. The key
 * is derived from the master key, so that links outlive restarts and hold on every node.
 */
public final class AssetLinks {
    private static final String PURPOSE = "millrace asset links v1";

    private static final Pattern EXPIRES = Pattern.compile("[0-9]{1,11}");

    private static final Pattern LINK = Pattern.compile(
            "https?://[^/?#]+/assets/([^/?#]+)/([A-Za-z0-9._*%-]+)\\?expires=([0-9]+)&signature=([A-Za-z0-9_-]+)");

    private final byte[] key;

    public AssetLinks(byte[] masterKey) {
        this.key = Digest.hmacSha256(masterKey, PURPOSE.getBytes(StandardCharsets.UTF_8));
    }

    /** Path and query of a link that holds until then; put the externally visible base before it. */
    public String sign(AssetId asset, String fileName, Instant until) {
        long expires = until.getEpochSecond();
        return "/assets/" + asset.text() + "/" + encode(fileName) + "?expires=" + expires + "&signature="
                + signature("get", asset.text(), fileName, Long.toString(expires));
    }

    /** A link that was signed here, whether it holds still or not. */
    public record Link(AssetId asset, Instant expires) {
        public boolean holds(Instant now) {
            return now.isBefore(expires);
        }
    }

    /** Whether a link is one that was signed here and holds still; the texts are those of path and query, decoded. */
    public boolean verify(String asset, String fileName, String expires, String signature, Instant now) {
        return read(asset, fileName, expires, signature)
                .filter(link -> link.holds(now))
                .isPresent();
    }

    /** The link that path and query make, decoded, when it was signed here; it may have expired. */
    public Optional<Link> read(String asset, String fileName, String expires, String signature) {
        boolean ours = EXPIRES.matcher(expires).matches() && matches(signature, "get", asset, fileName, expires);
        return ours
                ? AssetId.parse(asset).map(id -> new Link(id, Instant.ofEpochSecond(Long.parseLong(expires))))
                : Optional.empty();
    }

    /**
     * The link that a URL is, when it was signed here; it may have expired. The signature says so, not the host: a proxy may show
     * another name than we know.
     */
    public Optional<Link> read(String url) {
        Matcher link = LINK.matcher(url);
        if (!link.matches()) {
            return Optional.empty();
        }
        try {
            String fileName = URLDecoder.decode(link.group(2), StandardCharsets.UTF_8);
            return read(link.group(1), fileName, link.group(3), link.group(4));
        } catch (IllegalArgumentException badlyEncoded) {
            return Optional.empty();
        }
    }

    /** The file that a URL leads to, when it is a link that was signed here and holds still; see {@link #read(String)}. */
    public Optional<AssetId> find(String url, Instant now) {
        return read(url).filter(link -> link.holds(now)).map(Link::asset);
    }

    /** Whether the moment that a signed text states has not passed. */
    static boolean holds(String expires, Instant now) {
        return EXPIRES.matcher(expires).matches() && now.getEpochSecond() < Long.parseLong(expires);
    }

    /** The signature over some texts; no text may hold a line break. */
    String signature(String... texts) {
        byte[] signed = Digest.hmacSha256(key, String.join("\n", texts).getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    }

    boolean matches(String signature, String... texts) {
        return Digest.same(
                signature.getBytes(StandardCharsets.UTF_8), signature(texts).getBytes(StandardCharsets.UTF_8));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
