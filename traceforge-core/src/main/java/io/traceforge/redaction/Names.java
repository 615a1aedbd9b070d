package io.traceforge.redaction;

import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Names of things that are secret, whatever they look like. They are compared whole, never in part,
 * so that {@code max_tokens} stays; but {@code apiKey}, {@code api-key} and {@code API_KEY} are the
 * same name.
 */
final class Names {
  /** Everywhere: JSON, forms, URLs, settings. */
  static final Set<String> FIELDS =
      Set.of(
          "apikey",
          "xapikey",
          "apisecret",
          "apitoken",
          "appsecret",
          "secret",
          "secretkey",
          "clientsecret",
          "sharedsecret",
          "webhooksecret",
          "signingsecret",
          "signingkey",
          "encryptionkey",
          "password",
          "passwd",
          "pwd",
          "passphrase",
          "accesstoken",
          "refreshtoken",
          "idtoken",
          "authtoken",
          "sessiontoken",
          "bearertoken",
          "oauthtoken",
          "privatekey",
          "accesskey",
          "secretaccesskey",
          "awsaccesskeyid",
          "awssecretaccesskey",
          "awssessiontoken",
          "accountkey",
          "sharedaccesskey",
          "subscriptionkey",
          "authorization",
          "proxyauthorization",
          "cookie",
          "setcookie",
          "xgoogapikey",
          "xauthtoken",
          "ocpapimsubscriptionkey",
          "connectionstring");

  /** In the query of a URL or in a form, where short names are usual. */
  private static final Set<String> PARAMETERS =
      Set.of(
          "key",
          "token",
          "sig",
          "signature",
          "xamzsignature",
          "xamzcredential",
          "xamzsecuritytoken",
          "xgoogsignature",
          "xgoogcredential");

  private static final Set<String> HEADERS =
      Set.of(
          "authorization",
          "proxyauthorization",
          "cookie",
          "setcookie",
          "apikey",
          "xapikey",
          "xgoogapikey",
          "xauthtoken",
          "xaccesstoken",
          "xamzsecuritytoken",
          "xcsrftoken",
          "ocpapimsubscriptionkey",
          "privatetoken",
          "xgithubtoken",
          "xfunctionskey");

  /** How the name of an environment variable ends that holds a secret. */
  private static final List<String> VARIABLE_ENDINGS =
      List.of(
          "_API_KEY",
          "_APIKEY",
          "_SECRET",
          "_SECRET_KEY",
          "_ACCESS_KEY",
          "_TOKEN",
          "_PASSWORD",
          "_PRIVATE_KEY");

  private static final int HASHES = 4096;

  static final Names NONE = new Names(Set.of(), Set.of(), Set.of(), false);
  static final Names SECRET = new Names(FIELDS, PARAMETERS, HEADERS, true);

  private final Set<String> fields;
  private final Set<String> parameters;
  private final Set<String> headers;
  private final boolean variables;

  /** A bit for each field's hash: most names in a text are none, and this tells it at once. */
  private final BitSet hashes = new BitSet(HASHES);

  private Names(
      Set<String> fields, Set<String> parameters, Set<String> headers, boolean variables) {
    this.fields = fields;
    this.parameters = parameters;
    this.headers = headers;
    this.variables = variables;
    fields.forEach(name -> hashes.set(name.hashCode() & (HASHES - 1)));
  }

  Names withField(String name) {
    return new Names(with(fields, name), parameters, headers, variables);
  }

  Names withHeader(String name) {
    return new Names(fields, parameters, with(headers, name), variables);
  }

  private static Set<String> with(Set<String> names, String name) {
    Set<String> more = new HashSet<>(names);
    more.add(normal(name));
    return Collections.unmodifiableSet(more);
  }

  boolean isEmpty() {
    return fields.isEmpty();
  }

  /** Returns what was added to the names that come with the library, one text for each. */
  SortedSet<String> added() {
    SortedSet<String> added = new TreeSet<>();
    fields.stream()
        .filter(name -> !(variables && FIELDS.contains(name)))
        .forEach(name -> added.add("field " + name));
    headers.stream()
        .filter(name -> !(variables && HEADERS.contains(name)))
        .forEach(name -> added.add("header " + name));
    return added;
  }

  /** Returns whether a name is secret, or its last part is, as in {@code config.password}. */
  boolean isField(String name) {
    int dot = name.lastIndexOf('.', name.length() - 2);
    return isFieldWhole(name, 0)
        || (dot >= 0 && isFieldWhole(name, dot + 1))
        || (variables && isVariable(name));
  }

  private boolean isFieldWhole(String name, int from) {
    return hashes.get(hash(name, from) & (HASHES - 1))
        && fields.contains(normal(name.substring(from)));
  }

  boolean isParameter(String name) {
    return parameters.contains(normal(name)) || isField(name);
  }

  boolean isHeader(String name) {
    return headers.contains(normal(name)) || isField(name);
  }

  /** Returns whether a name is known as a header's, whose value may have several words. */
  boolean isHeaderAlone(String name) {
    return headers.contains(normal(name));
  }

  private static boolean isVariable(String name) {
    char last = name.isEmpty() ? 'a' : name.charAt(name.length() - 1);
    return last >= 'A' // most names end with a small letter or a digit
        && last <= 'Z'
        && VARIABLE_ENDINGS.stream().anyMatch(name::endsWith)
        && name.equals(name.toUpperCase(Locale.ROOT));
  }

  /** Returns what the hash of the normal form is. */
  private static int hash(String name, int from) {
    int hash = 0;
    for (int i = from; i < name.length(); i++) {
      char c = name.charAt(i);
      hash = isSeparator(c) ? hash : 31 * hash + lowerCase(c);
    }
    return hash;
  }

  private static boolean isSeparator(char c) {
    return c == '_' || c == '-' || c == '.' || c == ' ';
  }

  private static char lowerCase(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
  }

  private static String normal(String name) {
    StringBuilder normal = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!isSeparator(c)) {
        normal.append(lowerCase(c));
      }
    }
    return normal.toString();
  }
}
