package io.traceforge.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A fingerprint tells redactors apart, and nothing else. */
class FingerprintTest {

  @Test
  void redactorsMadeInDifferentWaysDiffer() {
    List<String> fingerprints =
        Stream.of(
                Redactor.none(),
                Redactor.secrets(),
                Redactor.secrets().withPersonalData(),
                Redactor.secrets().withField("tenant"),
                Redactor.secrets().withHeader("tenant"),
                Redactor.secrets().withPattern("tenant"),
                Redactor.secrets().withPattern("tenant").withPersonalData(),
                Redactor.none().withField("tenant"),
                Redactor.none().withField("password"))
            .map(Redactor::fingerprint)
            .toList();

    assertThat(fingerprints).doesNotHaveDuplicates();
    assertThat(fingerprints).startsWith("none", "secrets", "secrets+personal-data");
  }

  @Test
  void redactorsMadeAlikeAreAlike() {
    Redactor one = Redactor.secrets().withField("tenant").withField("user").withPattern("A+");
    Redactor other = Redactor.secrets().withPattern("A+").withField("user").withField("Ten_ant");

    assertThat(one.fingerprint()).isEqualTo(other.fingerprint());
    assertThat(Redactor.secrets().withField("password").fingerprint()).isEqualTo("secrets");
  }

  /** It stands in files for years. */
  @Test
  void itStaysAsItIs() {
    assertThat(Redactor.secrets().withField("tenant").withPattern("ACME-[0-9]{8}").fingerprint())
        .isEqualTo("secrets+572232cf7864");
  }

  @Test
  void itTellsNoRule() {
    assertThat(Redactor.secrets().withPattern("Bluebird").fingerprint())
        .doesNotContain("Bluebird")
        .hasSizeLessThan(40);
  }
}
