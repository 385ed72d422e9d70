package dev.millrace.app;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Waits for the operator to end the process: the first SIGTERM or Ctrl-C asks for an end in good order, the second one
 * ends at once.
 *
 * <p>The JDK's own shutdown hooks can not tell a second signal from the first, and its signal class is not part of the
 * specification: it is looked up by name, and a shutdown hook serves where it is missing.
 */
final class Signals {
    private static final int FORCED = 130;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean first = new AtomicBoolean(true);

    /** Begins to listen. */
    static Signals listen() {
        Signals signals = new Signals();
        try {
            signals.handle("INT");
            signals.handle("TERM");
        } catch (Throwable noSuchClass) {
            Runtime.getRuntime().addShutdownHook(new Thread(signals::endWithTheProcess, "shutdown"));
        }
        return signals;
    }

    /** Blocks until an end is asked for. */
    void await() throws InterruptedException {
        asked.await();
    }

    /** Says that everything has ended in good order. */
    void ended() {
        ended.countDown();
    }

    private void came() {
        if (first.compareAndSet(true, false)) {
            asked.countDown();
        } else {
            Runtime.getRuntime().halt(FORCED);
        }
    }

    private void endWithTheProcess() {
        asked.countDown();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(String name) throws Throwable {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object callback =
                Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, args) -> {
                    if (method.getName().equals("handle")) {
                        came();
                    }
                    return null;
                });
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        MethodHandle handle = lookup.findStatic(signal, "handle", MethodType.methodType(handler, signal, handler));
        Object instance = lookup.findConstructor(signal, MethodType.methodType(void.class, String.class))
                .invoke(name);
        handle.invoke(instance, callback);
    }
}
