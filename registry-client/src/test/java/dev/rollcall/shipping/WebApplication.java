package dev.rollcall.shipping;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.function.IntConsumer;

/**
 * An application in a servlet container: its class loader has its own classes, and gives out no more once it is
 * stopped.
 */
final class WebApplication implements AutoCloseable {
    private final Loader loader;
    private final IntConsumer logging;

    private WebApplication(Loader loader, IntConsumer logging) {
        this.loader = loader;
        this.logging = logging;
    }

    static WebApplication start(String name, Path configuration) throws IOException, ReflectiveOperationException {
        var loader = new Loader();
        var inside = loader.loadClass(Inside.class.getName());
        var logging = inside.getConstructor(String.class, String.class).newInstance(name, configuration.toString());
        return new WebApplication(loader, (IntConsumer) logging);
    }

    void log(int number) {
        logging.accept(number);
    }

    /** Stops Logback, as its listener in a servlet container does, while the application may go on logging. */
    void stopLogback() throws Exception {
        ((AutoCloseable) logging).close();
    }

    /** Returns the threads that ship for it. */
    long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getClass().getClassLoader() == loader)
                .count();
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    /** The code inside the application. */
    public static final class Inside implements IntConsumer, AutoCloseable {
        private final LoggerContext context = Samples.context();
        private final String name;

        public Inside(String name, String configuration) throws JoranException {
            this.name = name;
            var configurator = new JoranConfigurator();
            configurator.setContext(context);
            configurator.doConfigure(new File(configuration));
        }

        @Override
        public void accept(int number) {
            context.getLogger("billing.Jobs").info("{} {}", name, number);
        }

        @Override
        public void close() {
            context.stop();
        }
    }

    private static final class Loader extends URLClassLoader {
        private volatile boolean isStopped;

        Loader() throws MalformedURLException {
            super(classPath(), ClassLoader.getPlatformClassLoader());
        }

        private static URL[] classPath() throws MalformedURLException {
            var urls = new ArrayList<URL>();
            for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                urls.add(Path.of(entry).toUri().toURL());
            }
            return urls.toArray(URL[]::new);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (isStopped) {
                throw new ClassNotFoundException(name + ": the application has stopped");
            }
            return super.loadClass(name, resolve);
        }

        @Override
        public void close() throws IOException {
            isStopped = true;
            super.close();
        }
    }
}
