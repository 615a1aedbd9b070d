package io.traceforge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegisteredProtocolsTest {
  private static final HttpExchange CHAT =
      HttpExchange.of("POST", "/v1/chat/completions", null, 0, null);

  @TempDir Path folder;
  private final List<Throwable> failures = new ArrayList<>();
  private final ClassLoader original = Thread.currentThread().getContextClassLoader();

  /** Reads whatever comes, and says so. */
  public static final class Registered implements LlmProtocol {
    @Override
    public boolean matches(HttpExchange exchange) {
      return !exchange.method().equals("GET");
    }

    @Override
    public Interpretation interpret(HttpExchange exchange) {
      Interpretation.Builder found = Interpretation.builder();
      found.metadataBuilder().provider("registered");
      return found.build();
    }
  }

  /** Cannot be made. */
  public static final class Unmakeable implements LlmProtocol {
    public Unmakeable() {
      throw new IllegalStateException("not today");
    }

    @Override
    public boolean matches(HttpExchange exchange) {
      return true;
    }

    @Override
    public Interpretation interpret(HttpExchange exchange) {
      return Interpretation.plainHttp();
    }
  }

  @AfterEach
  void restore() {
    Thread.currentThread().setContextClassLoader(original);
  }

  @Test
  void asksRegisteredProtocolBeforeBuiltInOnes() throws IOException {
    LlmProtocols protocols = known(Registered.class.getName());

    assertThat(protocols.interpret(CHAT).metadata().provider()).isEqualTo("registered");
    assertThat(failures).isEmpty();
  }

  @Test
  void tellsAndSkipsWhatCannotBeLoaded() throws IOException {
    LlmProtocols protocols =
        known(
            "io.example.Missing",
            getClass().getName(),
            Unmakeable.class.getName(),
            "io.example.Unlinkable",
            Registered.class.getName());

    assertThat(protocols.interpret(CHAT).metadata().provider()).isEqualTo("registered");
    assertThat(failures).hasSize(4);
    assertThat(failures).filteredOn(ServiceConfigurationError.class::isInstance).hasSize(3);
    assertThat(failures).hasAtLeastOneElementOfType(NoClassDefFoundError.class);
  }

  @Test
  void doesWithoutRegisteredOnesIfTheirListIsBroken() throws IOException {
    LlmProtocols protocols = known("this is no class name");

    assertThat(protocols.interpret(CHAT).metadata().provider()).isEqualTo("openai");
    assertThat(failures).hasOnlyElementsOfType(ServiceConfigurationError.class);
  }

  @Test
  void findsNothingWithoutContextClassLoader() {
    Thread.currentThread().setContextClassLoader(null);

    assertThat(LlmProtocols.known(failures::add).interpret(CHAT).metadata().provider())
        .isEqualTo("openai");
    assertThat(failures).isEmpty();
  }

  /** Registers classes as a library's archive does, and asks for the protocols. */
  private LlmProtocols known(String... classes) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.write(services.resolve(LlmProtocol.class.getName()), List.of(classes));
    URL[] path = {folder.toUri().toURL()};
    try (URLClassLoader loader =
        new URLClassLoader(path, original) {
          @Override
          protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.endsWith("Unlinkable")) {
              throw new NoClassDefFoundError("its superclass");
            }
            return super.findClass(name);
          }
        }) {
      Thread.currentThread().setContextClassLoader(loader);
      return LlmProtocols.known(failures::add);
    }
  }
}
