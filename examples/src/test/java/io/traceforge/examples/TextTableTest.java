package io.traceforge.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {

  @Test
  void cellsStandUnderTheirHeaders() {
    TextTable table = new TextTable("STEP", "MODEL", "NOTE");
    table.row(" 0", "a-long-name", "");
    table.row(" 10", "short", "x");

    assertThat(table)
        .hasToString(
            """
            STEP  MODEL        NOTE
               0  a-long-name
              10  short        x
            """);
  }
}
