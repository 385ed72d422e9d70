package dev.millrace;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import dev.millrace.SourceTree.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/** How many lines each method has, by the compiler's own parser. */
final class MethodLengths {
    private MethodLengths() {}

    static List<String> longerThan(int linesMax, List<Source> sources) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        List<String> found = new ArrayList<>();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var paths = sources.stream().map(Source::path).toList();
            var task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(paths));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree file : task.parse()) {
                new Scan(file, positions, linesMax, found).scan(file, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** Walks one file; a method inside a method counts for both. */
    private static final class Scan extends TreeScanner<Void, Void> {
        private final CompilationUnitTree file;
        private final SourcePositions positions;
        private final int linesMax;
        private final List<String> found;

        Scan(CompilationUnitTree file, SourcePositions positions, int linesMax, List<String> found) {
            this.file = file;
            this.positions = positions;
            this.linesMax = linesMax;
            this.found = found;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            LineMap map = file.getLineMap();
            long start = positions.getStartPosition(file, method);
            long end = positions.getEndPosition(file, method);
            if (start >= 0 && end >= 0) {
                long lines = map.getLineNumber(end) - map.getLineNumber(start) + 1;
                if (lines > linesMax) {
                    found.add("%s:%d: %s has %d lines: split it"
                            .formatted(
                                    file.getSourceFile().getName(), map.getLineNumber(start), method.getName(), lines));
                }
            }
            return super.visitMethod(method, null);
        }
    }
}
