package io.traceforge.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostTest {

  @Test
  void equalAmountsAreEqualHoweverTheyAreWritten() {
    assertThat(usd("1.500")).isEqualTo(usd("1.5"));
    assertThat(usd("0.00")).isEqualTo(Cost.ZERO);
    assertThat(usd("1E+2")).isEqualTo(usd("100")).hasToString("100 USD");
  }

  @Test
  void sumsAreExact() {
    Cost sum = Cost.ZERO;
    for (int i = 0; i < 10; i++) {
      sum = sum.plus(usd("0.1"));
    }
    assertThat(sum).isEqualTo(usd("1"));
    assertThat(usd("1000000").plus(usd("0.00000015"))).hasToString("1000000.00000015 USD");
  }

  @Test
  void aSumKeepsEachReasonOnce() {
    Cost sum =
        Cost.unknown("one").plus(usd("1")).plus(Cost.unknown("two")).plus(Cost.unknown("one"));

    assertThat(sum).isEqualTo(Cost.of(BigDecimal.ONE, 3, List.of("one", "two")));
    assertThat(sum).hasToString("1 USD and 3 traces of unknown cost");
  }

  @Test
  void isImmutable() {
    List<String> reasons = new ArrayList<>(List.of("one"));
    Cost cost = Cost.of(BigDecimal.ONE, 1, reasons);
    reasons.add("two");

    assertThat(cost.unknownReasons()).containsExactly("one");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> cost.unknownReasons().add("three"));
  }

  @Test
  void aPriceIsImmutableAndItsBuilderGoesOn() {
    Price.Builder builder = Price.builder().input(BigDecimal.ONE).above(10, Price.of("2", "2"));
    Price before = builder.build();
    Price after = builder.above(20, Price.of("3", "3")).build();

    assertThat(before.tiers()).containsOnlyKeys(10L);
    assertThat(after.tiers()).containsOnlyKeys(10L, 20L);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> after.tiers().clear());
  }

  @Test
  void negativeAmountsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> usd("-1"))
        .withMessage("knownUsd: expected 0 or more, got -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Price.of("1", "-2"))
        .withMessage("output: expected 0 or more, got -2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Price.builder().above(-1, Price.of("1", "1")));
    Price tiered = Price.builder().above(1, Price.of("1", "1")).build();
    assertThatIllegalArgumentException().isThrownBy(() -> Price.builder().above(1, tiered));
  }

  private static Cost usd(String amount) {
    return Cost.of(new BigDecimal(amount));
  }
}
