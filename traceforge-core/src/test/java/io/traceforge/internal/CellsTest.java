package io.traceforge.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellsTest {

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "plain, 5",
    "naïve, 5",
    "e\u0301te\u0301, 3",
    "模型, 4",
    "ﾊﾝｶｸ, 4",
    "ＡＢ, 4",
    "한국, 4",
    "\u1112\u1161\u11ab, 2",
    "😀, 2",
    "🇫🇷, 2",
    "█░·…→└, 6",
    "привет, 6",
    "𠀀, 2",
    "⌚, 2",
    "⌘, 1"
  })
  void widthIsInCells(String text, int width) {
    assertThat(Cells.width(text)).isEqualTo(width);
  }

  @Test
  void whatTerminalsDisagreeUponIsLeftOut() {
    assertThat(Cells.harmless("👨\u200d👩\u200d👧")).isEqualTo("👨👩👧");
    assertThat(Cells.harmless("❤\ufe0f 👍🏽 a\u200bb\ufeff")).isEqualTo("❤ 👍 ab");
  }

  @Test
  void whatControlsATerminalIsShown() {
    assertThat(Cells.harmless("\u001b[2J\u0007\0\u007f\u009b")).isEqualTo("␛[2J␇␀\ufffd\ufffd");
    assertThat(Cells.harmless("a\r\nb\tc")).isEqualTo("a  b c");
  }

  @Test
  void whatTurnsTheDirectionOfWritingIsShown() {
    assertThat(Cells.harmless("\u202ea\u2066b\u200fc\u2028d\u2029"))
        .isEqualTo("\ufffda\ufffdb\ufffdc\ufffdd\ufffd");
  }

  @Test
  void halfACharacterIsShown() {
    assertThat(Cells.harmless("a\ud83d b\ude00")).isEqualTo("a\ufffd b\ufffd");
  }

  @Test
  void fewMarksStandOnOneLetterAndNoneOnNothing() {
    assertThat(Cells.harmless("\u0301a" + "\u0301".repeat(99) + "b"))
        .isEqualTo("a\u0301\u0301\u0301b");
  }

  @Test
  void isCutToAWidthBetweenCharacters() {
    assertThat(Cells.shorten("abcdef", 6)).isEqualTo("abcdef");
    assertThat(Cells.shorten("abcdefg", 6)).isEqualTo("abcde…");
    assertThat(Cells.shorten("模型模型", 6)).isEqualTo("模型…");
    assertThat(Cells.shorten("😀😀", 3)).isEqualTo("😀…");
    assertThat(Cells.shorten("e\u0301e\u0301e\u0301", 2)).isEqualTo("e\u0301…");
    assertThat(Cells.shorten("ab", 1)).isEqualTo("…");
    assertThat(Cells.shorten("ab", 0)).isEmpty();
    assertThat(Cells.shorten("ab", -3)).isEmpty();
  }

  @Test
  void isPaddedToAWidth() {
    assertThat(Cells.left("模", 4)).isEqualTo("模  ");
    assertThat(Cells.right("模", 4)).isEqualTo("  模");
    assertThat(Cells.left("模型模", 4)).isEqualTo("模… ");
  }
}
