package io.traceforge.viewer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How addresses are told, of which few are to be had on every machine. */
class AccessTest {
  private static final String TOKEN = "a-token-nobody-guesses";

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1",
    "0.0.0.0, 127.0.0.1",
    "::, 127.0.0.1",
    "::1, [::1]",
    "fe80::1, [fe80:0:0:0:0:0:0:1]",
    "fe80::1%7, [fe80:0:0:0:0:0:0:1%257]",
    "192.0.2.1, 192.0.2.1"
  })
  void tellsAnAddressAsItStandsInAUrl(String address, String literal) {
    assertThat(Access.of(address, TOKEN).literal()).isEqualTo(literal);
  }

  @ParameterizedTest
  @CsvSource({
    "fe80::1%7, [fe80:0:0:0:0:0:0:1%257], true",
    "fe80::1, [fe80::1], true",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, evil.example, false",
    "192.0.2.1, [evil.example], false",
    "::1, [fe80::1], false"
  })
  void knowsItsAddresses(String address, String host, boolean known) {
    assertThat(Access.of(address, TOKEN).knowsHost(host)).isEqualTo(known);
  }
}
