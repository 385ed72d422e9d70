package dev.millrace.bench;

import java.io.PrintStream;
import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * What letting one live request in adds to it, request by request on one thread, by JMH: the time of each sample, which is a
 * processor's where nobody waits. {@link AdmissionTimes} has the steps.
 */
final class AdmissionOfOneBench implements Benchmark {
    /** By name: it is compiled after this, with what JMH makes of it. */
    private static final String TIMES = "dev.millrace.bench.AdmissionTimes";

    @Override
    public void run(PrintStream out) throws Exception {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(TIMES)
                        .param(
                                "database",
                                Databases.chosen().stream().map(Enum::name).toArray(String[]::new))
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        for (RunResult result : results) {
            Statistics times = result.getPrimaryResult().getStatistics();
            out.printf(
                    "%-10s %-26s p50 %6.2f µs  p90 %6.2f µs  p99 %6.2f µs  of %,d requests%n",
                    result.getParams().getParam("database"),
                    result.getPrimaryResult().getLabel(),
                    times.getPercentile(50),
                    times.getPercentile(90),
                    times.getPercentile(99),
                    times.getN());
        }
    }
}
