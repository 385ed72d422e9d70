package dev.millrace.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the benchmarks, all or those named: {@code ./millrace bench [NAME…]}. */
public final class Bench {
    private Bench() {}

    /** Every benchmark, in the order in which they run. Each is one class here. */
    private static Map<String, Benchmark> all() {
        Map<String, Benchmark> all = new LinkedHashMap<>();
        all.put("ledger", new LedgerBench());
        all.put("ledger-flat", new LedgerFlatBench());
        jobs().forEach((part, benchmark) -> all.put("jobs-" + part, benchmark));
        all.put("admission", new AdmissionBench());
        all.put("admission-one", new AdmissionOfOneBench());
        all.put("usage", new UsageBench());
        all.put("start", new StartBench());
        return all;
    }

    /** The parts of {@code jobs}. */
    private static Map<String, Benchmark> jobs() {
        Map<String, Benchmark> parts = new LinkedHashMap<>();
        parts.put("life", new JobsBench());
        parts.put("submit", new SubmitBench());
        parts.put("fair", new FairnessBench());
        parts.put("flight", new InFlightBench());
        parts.put("flat", new FlatBench());
        return parts;
    }

    /** The benchmarks that a name stands for: one, or all whose names begin with it and a hyphen. */
    private static List<String> named(Map<String, Benchmark> all, String name) {
        List<String> found = all.keySet().stream()
                .filter(one -> one.equals(name) || one.startsWith(name + "-"))
                .toList();
        if (found.isEmpty()) {
            System.err.println("bench: there is no benchmark '" + name + "'; there are " + all.keySet());
            System.exit(2);
        }
        return found;
    }

    public static void main(String[] names) throws Exception {
        Map<String, Benchmark> all = all();
        List<String> wanted = names.length == 0
                ? List.copyOf(all.keySet())
                : Arrays.stream(names)
                        .flatMap(name -> named(all, name).stream())
                        .toList();
        System.out.printf(
                "JDK %s, %d processors, %s%n",
                Runtime.version(), Runtime.getRuntime().availableProcessors(), System.getProperty("os.name"));
        for (String name : wanted) {
            System.out.printf("%n== %s%n", name);
            all.get(name).run(System.out);
        }
    }
}
