package dev.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.testing.LoggedProcess;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code deploy/kubernetes/submit} against an API server that keeps what it is asked for, and runs
 * nothing.
 */
@EnabledIf("hasKubernetes")
class KubernetesIT {
  private static final String IMAGE = "registry.example/convoy:1";

  /** Says every request otherwise. */
  private static final Logger SERVER_LOG = Logger.getLogger(MockWebServer.class.getName());

  @TempDir private Path folder;
  private static final long TIMEOUT_SECONDS = 300;

  private KubernetesMockServer server;
  private KubernetesClient client;

  static boolean hasKubernetes() {
    return KubernetesIT.class.getResource(
            "/org/apache/spark/deploy/k8s/submit/KubernetesClientApplication.class")
        != null;
  }

  @BeforeEach
  void start() {
    SERVER_LOG.setLevel(Level.WARNING);
    server =
        new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new ApplyingDispatcher(), false);
    server.init();
    client = server.createClient();
  }

  @AfterEach
  void stop() {
    client.close();
    server.destroy();
  }

  private LoggedProcess submit(String... more) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of("deploy/kubernetes/submit").toAbsolutePath().toString());
    command.addAll(List.of("--master", "k8s://http://127.0.0.1:" + server.getPort()));
    command.addAll(List.of("--name", "convoy-test"));
    command.addAll(List.of(more));
    Map<String, String> environment =
        Map.of(
            "SPARK_HOME",
            System.getProperty("convoy.sparkHome"),
            // Not that of whoever runs the tests.
            "KUBECONFIG",
            folder.resolve("none").toString());
    return LoggedProcess.start(folder.resolve("log"), environment, command);
  }

  private List<Pod> pods(String role) {
    return client.pods().inNamespace("convoy").withLabel("spark-role", role).list().getItems();
  }

  @Test
  void theDriverIsAskedForAsTheFilesSay() throws Exception {
    try (LoggedProcess process =
        submit(
            "train",
            "s3a://bucket/job.yaml",
            "--resume",
            "--driver-memory",
            "2g",
            "--executor-memory",
            "3g",
            "--conf",
            "spark.kubernetes.container.image=" + IMAGE,
            "--conf",
            "spark.kubernetes.submission.waitAppCompletion=false")) {
      assertEquals(0, process.exitStatus(), process::log);
    }
    Pod driver = pods("driver").get(0);
    PodSpec spec = driver.getSpec();
    Container container = spec.getContainers().get(0);
    assertEquals("spark-kubernetes-driver", container.getName());
    assertEquals(IMAGE, container.getImage());
    assertEquals("Always", container.getImagePullPolicy());
    assertEquals("convoy", spec.getServiceAccountName());
    String arguments = String.join(" ", container.getArgs());
    assertTrue(arguments.startsWith("driver "), arguments);
    assertTrue(
        arguments.endsWith(
            "--class dev.convoy.cli.Convoy local:///opt/convoy/convoy.jar train"
                + " s3a://bucket/job.yaml --resume"),
        arguments);
    // 2 GiB of heap and a fifth beside it.
    Quantity memory = container.getResources().getRequests().get("memory");
    assertEquals(new Quantity("2457Mi"), memory);
    assertEquals(memory, container.getResources().getLimits().get("memory"));
    assertEquals(new Quantity("1"), container.getResources().getRequests().get("cpu"));
    // From the pod template.
    assertEquals("convoy", driver.getMetadata().getLabels().get("app.kubernetes.io/name"));
    assertEquals(600, spec.getTerminationGracePeriodSeconds());
    assertTrue(spec.getSecurityContext().getRunAsNonRoot());
    assertFalse(container.getSecurityContext().getAllowPrivilegeEscalation());
    String properties =
        client.configMaps().inNamespace("convoy").list().getItems().stream()
            .map(map -> map.getData().getOrDefault("spark.properties", ""))
            .reduce("", String::concat);
    for (String property :
        List.of(
            "spark.executor.memory=3g",
            "spark.authenticate=true",
            "spark.network.crypto.enabled=true",
            "spark.io.encryption.enabled=true",
            "spark.speculation=true")) {
      assertTrue(properties.lines().anyMatch(property::equals), property + "\n" + properties);
    }
  }

  @Test
  void aDriverAsksForExecutorsAsTheFilesSay() throws Exception {
    try (LoggedProcess process =
        submit(
            "train",
            Path.of("conf/fashion-sample.yaml").toAbsolutePath().toString(),
            "--output",
            folder.resolve("run").toString(),
            "--deploy-mode",
            "client",
            "--driver-memory",
            "512m",
            "--conf",
            "spark.driver.host=127.0.0.1",
            "--conf",
            "spark.ui.enabled=false",
            "--conf",
            "spark.executor.instances=2",
            "--conf",
            "spark.kubernetes.container.image=" + IMAGE)) {
      CompletableFuture<?> both =
          client
              .pods()
              .inNamespace("convoy")
              .withLabel("spark-role", "executor")
              .informOnCondition(pods -> pods.size() == 2);
      CompletableFuture.anyOf(both, process.onExit()).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      assertEquals(2, pods("executor").size(), process::log);
    }
    PodSpec spec = pods("executor").get(0).getSpec();
    Container container = spec.getContainers().get(0);
    assertEquals("spark-kubernetes-executor", container.getName());
    assertEquals(IMAGE, container.getImage());
    // 4 GiB of heap and a fifth beside it.
    assertEquals(new Quantity("4915Mi"), container.getResources().getRequests().get("memory"));
    assertEquals(new Quantity("4"), container.getResources().getRequests().get("cpu"));
    assertFalse(spec.getAutomountServiceAccountToken());
    assertTrue(spec.getSecurityContext().getRunAsNonRoot());
  }

  @Test
  void withoutAnImageItIsRefusedInALine() throws Exception {
    try (LoggedProcess process = submit("train", "conf/fashion-sample.yaml")) {
      assertEquals(2, process.exitStatus());
      assertEquals(
          "convoy: Kubernetes needs --conf spark.kubernetes.container.image=IMAGE;"
              + " deploy/kubernetes/Dockerfile makes one\n",
          process.log());
    }
  }

  @Test
  void theAccountMayMakePodsAndIsTheDrivers() throws Exception {
    List<HasMetadata> all;
    try (InputStream in = Files.newInputStream(Path.of("deploy/kubernetes/convoy.yaml"))) {
      all = client.load(in).create();
    }
    assertEquals(
        List.of("Namespace", "ServiceAccount", "Role", "RoleBinding"),
        all.stream().map(HasMetadata::getKind).toList());
    assertTrue(
        all.stream().skip(1).allMatch(item -> item.getMetadata().getNamespace().equals("convoy")));
    assertEquals("convoy", all.get(1).getMetadata().getName());
    Role role = (Role) all.get(2);
    assertEquals(1, role.getRules().size());
    assertTrue(
        role.getRules()
            .get(0)
            .getResources()
            .containsAll(List.of("pods", "services", "configmaps", "persistentvolumeclaims")));
    assertTrue(role.getRules().get(0).getVerbs().containsAll(List.of("create", "watch", "delete")));
    RoleBinding binding = (RoleBinding) all.get(3);
    assertEquals(role.getMetadata().getName(), binding.getRoleRef().getName());
    assertEquals("convoy", binding.getSubjects().get(0).getName());
  }
}
