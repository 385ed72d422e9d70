package dev.millrace.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** Runs the tests of a class where the machine has a Redis or Valkey, and says so where it has none. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
        value = "dev.millrace.testkit.LocalRedis#installed",
        disabledReason = "there is no redis-server on this machine (Debian: redis-server)")
public @interface WithRedis {}
