package dev.millrace.server;

import io.helidon.webserver.Router;
import io.helidon.webserver.Routing;
import java.util.List;

/** Gives the library our dispatcher in place of its own routing. */
record DispatcherRouter(Dispatcher dispatcher) implements Router {
    @Override
    public <T extends Routing> T routing(Class<T> type, T defaultValue) {
        return type.isInstance(dispatcher) ? type.cast(dispatcher) : defaultValue;
    }

    @Override
    public List<? extends Routing> routings() {
        return List.of(dispatcher);
    }

    @Override
    public void beforeStart() {}

    @Override
    public void afterStop() {}
}
