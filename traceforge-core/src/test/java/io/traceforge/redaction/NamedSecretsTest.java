package io.traceforge.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamedSecretsTest {
  private final Redactor redactor = Redactor.secrets();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "Password",
        "api_key",
        "apiKey",
        "api-key",
        "API_KEY",
        "client_secret",
        "clientSecret",
        "access_token",
        "refreshToken",
        "private_key",
        "passphrase",
        "authorization",
        "cookie",
        "OPENAI_API_KEY",
        "DB_PASSWORD",
        "aws_secret_access_key"
      })
  void aFieldOfJsonIsSecretByItsName(String name) {
    assertThat(redactor.redact("{ \"" + name + "\" : \"hun \\\"ter\\\\\" , \"b\" :\t1 }"))
        .isEqualTo("{ \"" + name + "\" : \"[REDACTED]\" , \"b\" :\t1 }");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"password\":12345,\"b\":2} | {\"password\":\"[REDACTED]\",\"b\":2}",
        "{\"password\":-1.5e3} | {\"password\":\"[REDACTED]\"}",
        "{\"password\":[\"a\", \"b\" ,3],\"c\":\"d\"}"
            + " | {\"password\":[\"[REDACTED]\", \"[REDACTED]\" ,\"[REDACTED]\"],\"c\":\"d\"}",
        "{\"password\":\"\",\"b\":2} | {\"password\":\"\",\"b\":2}",
        "{'password': 'hunter2', 'b': 5} | {'password': '[REDACTED]', 'b': 5}",
        "password=hunter2 | password=[REDACTED]",
        "password: hunter2 | password: [REDACTED]",
        "access_token=Bearer hunter2 now | access_token=[REDACTED] now",
        "a=b&client_secret=p%20w&c=d | a=b&client_secret=[REDACTED]&c=d",
        "token=hunter2&a=b | token=[REDACTED]&a=b",
        "{\"a\":\"b\\npassword=hunter2\\n\"} | {\"a\":\"b\\npassword=[REDACTED]\\n\"}",
        "q=a%0Apassword=hunter2 | q=a%0Apassword=[REDACTED]",
        "login(user=me,password=hunter2,host=h) | login(user=me,password=[REDACTED],host=h)",
        "DB_PASSWORD=p@ss(w)or;d&x,y more | DB_PASSWORD=[REDACTED] more",
        "aws_secret_access_key = wJalrXUt/K7MDENG | aws_secret_access_key = [REDACTED]",
        "os.environ[\"OPENAI_API_KEY\"] = \"hunter2\" | os.environ[\"OPENAI_API_KEY\"] = \"[REDACTED]\"",
        "password := \"hunter2\" | password := \"[REDACTED]\"",
        "'password' => 'hunter2', | 'password' => '[REDACTED]',",
        "self.password = 'hunter2' | self.password = '[REDACTED]'",
        "spring.datasource.password=hunter2 | spring.datasource.password=[REDACTED]",
        "--api-key=hunter2 -v | --api-key=[REDACTED] -v",
        "Endpoint=sb://x/;SharedAccessKey=ab+/c=;Entity=e"
            + " | Endpoint=sb://x/;SharedAccessKey=[REDACTED];Entity=e",
        "curl -H 'Authorization: Basic dTpw' -v | curl -H 'Authorization: [REDACTED]' -v",
        "{\"a\":\"Authorization: Basic dTpw\\r\\nHost: h\"}"
            + " | {\"a\":\"Authorization: [REDACTED]\\r\\nHost: h\"}",
        "Authorization: Digest a=\"b\", response=\"c\" | Authorization: [REDACTED]",
      })
  void aNameTellsInOtherTextsToo(String text, String expected) {
    assertThat(redactor.redact(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"max_tokens\":5,\"prompt_tokens\":6,\"token_count\":7,\"max_completion_tokens\":8}",
        "{\"logprobs\":{\"content\":[{\"token\":\"secret\",\"logprob\":-0.5}]}}",
        "{\"token\":\" the\",\"tokens\":[\"a\"],\"key\":\"C major\",\"keys\":[\"a\"]}",
        "{\"type\":\"object\",\"properties\":{\"password\":{\"type\":\"string\"}},\"required\":[\"password\"]}",
        "{\"password\":null,\"secret\":true,\"api_key\":{}}",
        "{\"forgot_password\":\"https://h/reset\",\"passwords\":\"two\",\"secretary\":\"Ann\"}",
        "interface User { password: string; apiKey?: string; secret: Option<String>; }",
        "String password = getPassword();",
        "if (password == other) return; if (password != other) go();",
        "the secret to a good password is length",
        "{\"a\":\"password:\",\"b\":\"x\"}",
        "{\"a\":\"password=\",\"b\":\"x\"}",
        "{\"a\":\"{\\\"b\\\":\\\"password: \\\",\\\"c\\\":1}\"}",
        "MAX_TOKENS=5 and max_tokens=5&monkey=1",
        "pairs such as key=value are not secret, nor is https://h/key=value"
      })
  void whatIsNoSecretStays(String text) {
    assertThat(redactor.redact(text)).isSameAs(text);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void jsonInJsonStringsIsReadToAnyDepth(int depth) {
    String json = nested("{\"user\": \"me\", \"password\": \"hun \\\"ter\\\\2\", \"n\": 1}", depth);
    String expected = nested("{\"user\": \"me\", \"password\": \"[REDACTED]\", \"n\": 1}", depth);

    assertThat(redactor.redact(json)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void numbersAndListsThereTurnIntoTexts(int depth) {
    String json = nested("{\n\t\"password\": [\n 1,\n\"a\"\n], \"secret\": 5, \"n\": 1}", depth);
    String expected =
        nested(
            "{\n\t\"password\": [\n \"[REDACTED]\",\n\"[REDACTED]\"\n], \"secret\": \"[REDACTED]\","
                + " \"n\": 1}",
            depth);

    assertThat(redactor.redact(json)).isEqualTo(expected);
  }

  @Test
  void aPartOfAFormIsSecretByItsName() {
    String part = "--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n";
    String form = part.formatted("user", "me") + part.formatted("password", "hun ter2") + "--b--";

    assertThat(redactor.redact(form))
        .isEqualTo(
            part.formatted("user", "me") + part.formatted("password", "[REDACTED]") + "--b--");
  }

  @Test
  void aTextThatEndsWithinAStringOfJsonDoesNotTakeWhatFollows() {
    String json =
        "{\"arguments\":\"{\\\"password\\\":\\\"hunt\"},{\"b\":\"{\\\"c\\\":\\\"d\\\"}\"}";

    assertThat(redactor.redact(json))
        .isEqualTo(
            "{\"arguments\":\"{\\\"password\\\":\\\"[REDACTED]\"},{\"b\":\"{\\\"c\\\":\\\"d\\\"}\"}");
  }

  private static String nested(String json, int depth) {
    String text = json;
    for (int i = 0; i < depth; i++) {
      text =
          "{\"arguments\":\""
              + text.replace("\\", "\\\\")
                  .replace("\"", "\\\"")
                  .replace("\n", "\\n")
                  .replace("\t", "\\t")
              + "\"}";
    }
    return text;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://h/x?b=2&key=[REDACTED]&a=1",
        "password=[REDACTED], user=me",
        "{\"q\":\"password: [REDACTED]; more\"}",
        "{\"password\":\"[REDACTED]\"}"
      })
  void whatWasRedactedStaysAsItIs(String redacted) {
    assertThat(redactor.redact(redacted)).isEqualTo(redacted);
  }
}
