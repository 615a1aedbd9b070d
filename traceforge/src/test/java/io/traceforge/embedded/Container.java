package io.traceforge.embedded;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;

/**
 * A container that deploys an application, undeploys it and goes on. It prints which threads and
 * drivers the application left behind, and at last whether its class loader is {@code gone}.
 */
final class Container {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private Container() {}

  /** The application's classes, but for OkHttp's: its threads outlive their use by a minute. */
  private static final class Applications extends URLClassLoader {
    private static final Set<String> OWN =
        Set.of("io.traceforge.", "org.sqlite.", "com.github.benmanes.", "com.google.gson.");

    Applications() {
      super(
          Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
              .map(Applications::url)
              .toArray(URL[]::new),
          Container.class.getClassLoader());
    }

    private static URL url(String path) {
      try {
        return Path.of(path).toUri().toURL();
      } catch (MalformedURLException e) {
        throw new IllegalArgumentException(path, e);
      }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (OWN.stream().noneMatch(name::startsWith)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
  }

  /** Arguments: storage URL, provider's URL. */
  public static void main(String[] args) throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    OkHttpClient client = new OkHttpClient();
    // What is used for the first time starts threads and looks for classes on the user's account.
    Agent.ask(client, args[1], "the container's");
    threads.submit(() -> Agent.ask(client, args[1], "the container's")).get();
    DriverManager.drivers().forEach(driver -> {});

    WeakReference<ClassLoader> loader = deployAndUndeploy(args, client, threads);
    new LastRecord(Container.class).emptyTheJdksCaches();
    System.out.println(isGone(loader) ? "gone" : "held");
    System.exit(0);
  }

  @SuppressWarnings("unchecked")
  private static WeakReference<ClassLoader> deployAndUndeploy(
      String[] urls, OkHttpClient client, ExecutorService threads) throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (Applications loader = new Applications()) {
      Thread.currentThread().setContextClassLoader(loader);
      Class<?> type = loader.loadClass(WebApplication.class.getName());
      var application =
          (BiFunction<String[], Object[], Integer>) type.getConstructor().newInstance();
      System.out.println("traces " + application.apply(urls, new Object[] {client, threads}));
      Thread.currentThread().setContextClassLoader(Container.class.getClassLoader());
      tellWhatIsLeft(before, loader);
      return new WeakReference<>(loader);
    }
  }

  private static void tellWhatIsLeft(Set<Thread> before, ClassLoader loader) {
    Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .filter(
            thread ->
                thread.getName().startsWith("traceforge")
                    || thread.getContextClassLoader() == loader)
        .forEach(thread -> System.out.println("left " + thread));
    DriverManager.drivers()
        .filter(driver -> driver.getClass().getClassLoader() == loader)
        .forEach(driver -> System.out.println("left " + driver));
  }

  /** Up to JDK 17, the JDK itself holds the class of the record that was last compared. */
  private record LastRecord(Class<?> component) {
    void emptyTheJdksCaches() {
      LastRecord same = new LastRecord(component);
      if (!equals(same) || hashCode() != same.hashCode() || !toString().equals(same.toString())) {
        throw new AssertionError(same);
      }
    }
  }

  private static boolean isGone(WeakReference<?> reference) {
    long start = System.nanoTime();
    while (reference.get() != null && System.nanoTime() - start < PATIENCE_NANOS) {
      System.gc();
    }
    return reference.get() == null;
  }
}
