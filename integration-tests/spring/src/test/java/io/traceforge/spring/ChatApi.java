package io.traceforge.spring;

import io.traceforge.SessionContext;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.PostExchange;

/** A provider, as Spring calls it, which wants a public interface where methods have bodies. */
public interface ChatApi {
  @PostExchange("/v1/chat/completions")
  Completion complete(
      @RequestBody Map<String, Object> request,
      @RequestAttribute(name = OkHttpRequestFactory.PLACE, required = false) SessionContext place);

  /** Asks a question where the current session is, and returns the answer's text. */
  default String ask(String question) {
    return ask(question, null);
  }

  /** Asks a question at a place in a session, and returns the answer's text. */
  default String ask(String question, SessionContext place) {
    Map<String, String> message = Map.of("role", "user", "content", question);
    return complete(Map.of("model", "gpt-4o-mini", "messages", List.of(message)), place)
        .choices()
        .get(0)
        .message()
        .content();
  }

  record Completion(List<Choice> choices) {}

  record Choice(Message message) {}

  record Message(String role, String content) {}
}
