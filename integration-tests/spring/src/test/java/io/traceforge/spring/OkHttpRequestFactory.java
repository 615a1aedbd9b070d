package io.traceforge.spring;

import io.traceforge.SessionContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Set;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;

/** Lets Spring's {@code RestClient} call through an OkHttp client. */
final class OkHttpRequestFactory implements ClientHttpRequestFactory {
  /** A request's attribute: where in a session its call is made, if not where the session is. */
  static final String PLACE = "traceforge.place";

  private final OkHttpClient client;

  OkHttpRequestFactory(OkHttpClient client) {
    this.client = client;
  }

  @Override
  public ClientHttpRequest createRequest(URI uri, HttpMethod method) {
    return new OkHttpRequest(client, uri, method);
  }

  private static final class OkHttpRequest extends AbstractClientHttpRequest {
    private static final Set<HttpMethod> WITH_BODY =
        Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private final OkHttpClient client;
    private final URI uri;
    private final HttpMethod method;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    OkHttpRequest(OkHttpClient client, URI uri, HttpMethod method) {
      this.client = client;
      this.uri = uri;
      this.method = method;
    }

    @Override
    public HttpMethod getMethod() {
      return method;
    }

    @Override
    public URI getURI() {
      return uri;
    }

    @Override
    protected OutputStream getBodyInternal(HttpHeaders headers) {
      return body;
    }

    @Override
    protected ClientHttpResponse executeInternal(HttpHeaders headers) throws IOException {
      Request.Builder request =
          new Request.Builder().url(uri.toURL()).method(method.name(), requestBody());
      headers.forEach((name, values) -> values.forEach(value -> request.addHeader(name, value)));
      if (getAttributes().get(PLACE) instanceof SessionContext place) {
        request.tag(SessionContext.class, place);
      }
      return new OkHttpResponse(client.newCall(request.build()).execute());
    }

    /** The media type is in the headers already. */
    private RequestBody requestBody() {
      boolean none = body.size() == 0 && !WITH_BODY.contains(method);
      return none ? null : RequestBody.create(body.toByteArray(), null);
    }
  }

  private record OkHttpResponse(Response response) implements ClientHttpResponse {
    @Override
    public HttpStatusCode getStatusCode() {
      return HttpStatusCode.valueOf(response.code());
    }

    @Override
    public String getStatusText() {
      return response.message();
    }

    @Override
    public HttpHeaders getHeaders() {
      HttpHeaders headers = new HttpHeaders();
      response.headers().forEach(header -> headers.add(header.getFirst(), header.getSecond()));
      return headers;
    }

    @Override
    public InputStream getBody() {
      return response.body().byteStream();
    }

    @Override
    public void close() {
      response.close();
    }
  }
}
