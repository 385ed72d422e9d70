package dev.millrace.bench;

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
        all.put("jobs", new JobsBench());
        all.put("start", new StartBench());
        return all;
    }

    public static void main(String[] names) throws Exception {
        Map<String, Benchmark> all = all();
        List<String> wanted = names.length == 0 ? List.copyOf(all.keySet()) : List.of(names);
        for (String name : wanted) {
            if (!all.containsKey(name)) {
                System.err.println("bench: there is no benchmark '" + name + "'; there are " + all.keySet());
                System.exit(2);
            }
        }
        System.out.printf(
                "JDK %s, %d processors, %s%n",
                Runtime.version(), Runtime.getRuntime().availableProcessors(), System.getProperty("os.name"));
        for (String name : wanted) {
            System.out.printf("%n== %s%n", name);
            all.get(name).run(System.out);
        }
    }
}
