package dev.convoy.cluster;

import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;

/**
 * Keeps what an API server is sent. Spark makes services and configurations by server-side apply,
 * which for something new is as good as a creation.
 */
final class ApplyingDispatcher extends KubernetesCrudDispatcher {
  private static final int NOT_FOUND = 404;

  @Override
  public MockResponse handlePatch(RecordedRequest request) {
    byte[] body = request.getBody().getBytes(); // reading empties it
    MockResponse patched = super.handlePatch(request);
    if (patched.code() != NOT_FOUND) {
      return patched;
    }
    String path = request.getPath().replaceAll("\\?.*", "");
    String all = path.substring(0, path.lastIndexOf('/'));
    return handleCreate(
        new RecordedRequest(
            request.getHttpVersion(),
            HttpMethod.POST,
            all,
            request.getHeaders(),
            new Buffer(body)));
  }
}
