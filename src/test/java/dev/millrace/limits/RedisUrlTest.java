package dev.millrace.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.config.Secret;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An address of a Redis that is none stops the start with one line that does not show its password. */
class RedisUrlTest {
    private static LimitSettings settings(String url) {
        return new LimitSettings(600, 64, 1000, 500, new Secret(url), Duration.ofMillis(50), WhenDown.LOCAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://u:s3^cret@host:1",
                "redis://:s3cret@host:99999",
                "redis://:s3cret@host:0",
                "redis://:s3cret@host:abc",
                "redis://:s3cret%zz@host",
                "redis://:s3#cret@host:1",
                "redis://:s3?cret@host:1",
                "redis://:s3cret@x@host:1",
                "redis://:s3cret@my_redis:6379",
                "redis://:s3cret@host,other:6379",
                "redis://",
                "redis:s3cret",
                "http://:s3cret@host:6379",
                "rediss://:s3cret@host:6379/0/1"
            })
    void is_refused_without_being_shown(String url) {
        assertThatThrownBy(() -> settings(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("redis_url")
                .hasNoCause()
                .message()
                .doesNotContain("s3", "cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://host",
                "redis://host:6379",
                "redis://:p%23ss@host:6379/3",
                "rediss://user:pass@redis.example.com:6380/0",
                "redis://[::1]:6379",
                "redis://127.0.0.1:6379/"
            })
    void is_taken_whole(String url) {
        assertThat(settings(url).toString()).doesNotContain("p%23ss").doesNotContain("user:pass");
    }
}
