package io.traceforge.benchmarks.storage;

/** Requests and answers of a chat, as OpenAI's wire has them. */
final class Chats {
  private Chats() {}

  static String request(String tools, String messages) {
    return "{\"model\":\"gpt-4o-mini\",\"temperature\":0.2,"
        + (tools.isEmpty() ? "" : "\"tools\":[" + tools + "],")
        + "\"messages\":["
        + messages
        + "]}";
  }

  static String message(String role, String text) {
    return "{\"role\":\"" + role + "\",\"content\":\"" + text + "\"}";
  }

  /** Returns a message with what an answer has besides, as some clients send it back. */
  static String answered(String text) {
    return "{\"role\":\"assistant\",\"content\":\""
        + text
        + "\",\"refusal\":null,\"annotations\":[]}";
  }

  static String response(long id, String message) {
    return "{\"id\":\"chatcmpl-"
        + id
        + "\",\"object\":\"chat.completion\",\"created\":1767225600,"
        + "\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[{\"index\":0,\"message\":"
        + message
        + ",\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":812,"
        + "\"completion_tokens\":164,\"total_tokens\":976}}";
  }

  static String tool(String name, String description) {
    return "{\"type\":\"function\",\"function\":{\"name\":\""
        + name
        + "\",\"description\":\""
        + description
        + "\",\"parameters\":{\"type\":\"object\",\"properties\":{\"value\":{\"type\":\"string\"}}}}}";
  }
}
