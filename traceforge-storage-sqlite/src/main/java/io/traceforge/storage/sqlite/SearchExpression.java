package io.traceforge.storage.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a user typed into a query of FTS5 that it always understands: each word is quoted, and
 * an operator that lacks an operand is a word.
 */
final class SearchExpression {
  private static final int MOST_WORDS = 100;
  private static final int DEEPEST = 20;
  private static final Pattern TOKEN =
      Pattern.compile("\"([^\"]*)\"?(\\*?)|([()])|([^\\s\"()*]+)(\\*?)|\\*");

  private enum Kind {
    WORDS,
    OPEN,
    CLOSE,
    OPERATOR
  }

  private record Token(Kind kind, String text) {}

  /** A part of the query; its operator, if it has one, is the one that was applied last. */
  private record Expression(String text, String operator) {
    String within(String outer) {
      return operator.isEmpty() || operator.equals(outer) ? text : "(" + text + ")";
    }
  }

  private final List<Token> tokens;
  private int next;
  private int depth;

  private SearchExpression(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** Returns the query, or {@code null} if the text has no word. */
  static @Nullable String of(String text) {
    SearchExpression expression = new SearchExpression(tokens(text));
    Expression whole = null;
    while (expression.next < expression.tokens.size()) {
      whole = joined(whole, "AND", expression.alternatives());
      expression.skip(Kind.CLOSE);
    }
    return whole == null ? null : whole.text();
  }

  private static List<Token> tokens(String text) {
    List<Token> tokens = new ArrayList<>();
    int words = 0;
    Matcher matcher = TOKEN.matcher(text.replace('\0', ' '));
    while (words < MOST_WORDS && matcher.find()) {
      Token token = token(matcher);
      if (token != null) {
        tokens.add(token);
        words += token.kind() == Kind.WORDS ? 1 : 0;
      }
    }
    return tokens;
  }

  private static @Nullable Token token(Matcher matcher) {
    if (matcher.group(3) != null) {
      return new Token(matcher.group(3).equals("(") ? Kind.OPEN : Kind.CLOSE, "");
    }
    String phrase = matcher.group(1);
    if (phrase != null) {
      return words(phrase, matcher.group(2));
    }
    String word = matcher.group(4);
    if (word == null) {
      return null;
    }
    boolean operator = word.equals("AND") || word.equals("OR") || word.equals("NOT");
    return operator ? new Token(Kind.OPERATOR, word) : words(word, matcher.group(5));
  }

  private static @Nullable Token words(String text, String star) {
    String quoted = "\"" + text + "\"" + (star.isEmpty() ? "" : " *");
    return text.codePoints().anyMatch(SearchExpression::isOfAWord)
        ? new Token(
            Kind.WORDS, Text.isWellFormed(quoted) ? quoted : quoted.replaceAll("\\p{Cs}", " "))
        : null;
  }

  /** As the engine's tokenizer has it. */
  private static boolean isOfAWord(int character) {
    return switch (Character.getType(character)) {
      case Character.PRIVATE_USE, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
      default -> Character.isLetterOrDigit(character);
    };
  }

  private @Nullable Expression alternatives() {
    Expression left = conjunction();
    while (isOperator("OR") && hasOperandAfterOperator()) {
      next++;
      left = joined(left, "OR", conjunction());
    }
    return left;
  }

  private @Nullable Expression conjunction() {
    Expression left = null;
    while (next < tokens.size() && !is(Kind.CLOSE)) {
      if (left != null && isOperator("OR") && hasOperandAfterOperator()) {
        return left;
      }
      String operator = "AND";
      if (left != null && is(Kind.OPERATOR) && hasOperandAfterOperator()) {
        operator = tokens.get(next++).text();
      }
      left = joined(left, operator, operand());
    }
    return left;
  }

  private boolean is(Kind kind) {
    return next < tokens.size() && tokens.get(next).kind() == kind;
  }

  private boolean isOperator(String text) {
    return is(Kind.OPERATOR) && tokens.get(next).text().equals(text);
  }

  private boolean hasOperandAfterOperator() {
    return next + 1 < tokens.size()
        && (tokens.get(next + 1).kind() == Kind.WORDS || tokens.get(next + 1).kind() == Kind.OPEN);
  }

  private void skip(Kind kind) {
    if (is(kind)) {
      next++;
    }
  }

  private @Nullable Expression operand() {
    Token token = tokens.get(next++);
    if (token.kind() == Kind.OPERATOR) {
      return new Expression('"' + token.text() + '"', "");
    }
    if (token.kind() == Kind.WORDS || depth == DEEPEST) {
      return token.text().isEmpty() ? null : new Expression(token.text(), "");
    }
    depth++;
    Expression inner = alternatives();
    depth--;
    skip(Kind.CLOSE);
    return inner;
  }

  /** What is on the right of an operator gets brackets: FTS5 reads from left to right. */
  private static @Nullable Expression joined(
      @Nullable Expression left, String operator, @Nullable Expression right) {
    if (left == null || right == null) {
      return left == null && !operator.equals("NOT") ? right : left;
    }
    String text = left.within(operator) + " " + operator + " " + right.within("");
    return new Expression(text, operator);
  }
}
