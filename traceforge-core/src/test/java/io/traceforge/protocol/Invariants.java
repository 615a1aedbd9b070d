package io.traceforge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.TraceBody;

/** What holds whatever bytes a server answers. */
final class Invariants {
  private Invariants() {}

  static void check(Fixture fixture, TraceBody body) {
    Interpretation found = fixture.interpret(200, body);

    assertThat(found.metadata().provider()).isNotNull();
    assertThat(found.firstContentEnd()).isBetween(-1L, body.size());
    assertThat(found.complete() && found.cutShort()).isFalse();
    assertThat(found.metadata().finishReasons()).doesNotContain("");
    assertThat(fixture.interpret(200, body)).isEqualTo(found);
    if (found.assembledBody() != null) {
      assertThat(found.assembledBody().json()).isPresent();
      assertThatAssembledReadsTheSame(fixture, found);
    }
    HttpExchange asked = HttpExchange.of("POST", fixture.path(), body, 0, null);
    assertThat(fixture.protocol().matches(asked)).isIn(true, false);
    assertThat(fixture.protocol().interpret(asked).metadata().provider()).isNotNull();
  }

  /** What a stream amounts to has the shape that the provider has without streaming. */
  private static void assertThatAssembledReadsTheSame(Fixture fixture, Interpretation found) {
    Fixture asDocument =
        new Fixture(fixture.protocol(), fixture.path(), fixture.request(), Fixture.JSON, "", null);
    Interpretation again = asDocument.interpret(200, found.assembledBody());

    if (again.assembledBody() == null) {
      assertThat(again.metadata()).isEqualTo(found.metadata());
      assertThat(again.text()).isEqualTo(found.text());
      assertThat(again.reasoningText()).isEqualTo(found.reasoningText());
      assertThat(again.error()).isEqualTo(found.error());
    }
  }
}
