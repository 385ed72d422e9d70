package dev.millrace.jobs;

import dev.millrace.crypto.Digest;
import dev.millrace.id.JobId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes the addresses at which upstreams call back: one for each submission of a job, which nobody can guess. The token is keyed
 * from the master key over provider, job and submission, so that nothing is stored and every node knows it.
 */
public final class CallbackLinks {
    private static final String PURPOSE = "millrace upstream callbacks v1";
    private static final Pattern TOKEN = Pattern.compile("([1-9][0-9]{0,5})-([A-Za-z0-9_-]{43})");

    private final byte[] key;
    private final String base;

    /** @param publicUrl under which upstreams reach this installation, without a slash at its end; null when they do not */
    public CallbackLinks(byte[] masterKey, @Nullable URI publicUrl) {
        this.key = Digest.hmacSha256(masterKey, PURPOSE.getBytes(StandardCharsets.UTF_8));
        this.base = publicUrl == null ? "" : publicUrl.toString();
    }

    /** Where an upstream calls back about one submission; a path alone where there is no public URL. */
    URI of(String provider, JobId job, int submission) {
        return URI.create(base + "/callbacks/" + provider + "/" + job.text() + "/" + submission + "-"
                + signature(provider, job, submission));
    }

    /** Which submission a token stands for, from 1; empty when it is none of ours for this provider and job. */
    OptionalInt submission(String provider, JobId job, String token) {
        Matcher parts = TOKEN.matcher(token);
        if (!parts.matches()) {
            return OptionalInt.empty();
        }
        int submission = Integer.parseInt(parts.group(1));
        byte[] ours = signature(provider, job, submission).getBytes(StandardCharsets.US_ASCII);
        return Digest.same(ours, parts.group(2).getBytes(StandardCharsets.US_ASCII))
                ? OptionalInt.of(submission)
                : OptionalInt.empty();
    }

    private String signature(String provider, JobId job, int submission) {
        String text = provider + "\n" + job.text() + "\n" + submission;
        byte[] signed = Digest.hmacSha256(key, text.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    }
}
