package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.ImageBlock;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.DataFiles;
import dev.convoy.testing.SampleImages;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.VersionInfo;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.TransientApiMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Trains from an S3 store, packs in it, and leaves the model there: by S3A, over a socket. */
@EnabledIf("hadoopHasTheSdkOfTests")
class S3aIT {
  private static final List<String> CLASSES = List.of("bird", "cat");
  private static final ImageBlock ALL = SampleImages.random(30, Shape.of(3, 16, 16), 2, 5);
  private static final String KEY = "convoy";
  private static final String SECRET = "no secret";
  private static final String BUCKET = "s3a://bucket";

  private static final String JOB =
      """
      name: s3a
      seed: 7
      data:
        train: SOURCE
      network:
        input: [3, 16, 16]
        layers: [flatten, {dense: {units: 2}}]
      training: {epochs: 1, batchSize: 4, optimizer: {sgd: {learningRate: 0.05}}}
      distribution: {workers: 2, averagingFrequency: 2}
      output: OUTPUT
      """;

  @TempDir private static Path folder;
  private static BlobStoreContext store;
  private static S3Proxy server;
  private static Map<String, String> settings;

  /** Older versions call the first version of Amazon's SDK. */
  static boolean hadoopHasTheSdkOfTests() {
    return !VersionInfo.getVersion().startsWith("3.3.");
  }

  @BeforeAll
  static void startStore() throws Exception {
    store =
        ContextBuilder.newBuilder(new TransientApiMetadata())
            .credentials(KEY, SECRET)
            .build(BlobStoreContext.class);
    store.getBlobStore().createContainerInLocation(null, "bucket");
    server =
        S3Proxy.builder()
            .blobStore(store.getBlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, KEY, SECRET)
            // S3A asks copies for checksums since Hadoop 3.5, which this store does not know.
            .ignoreUnknownHeaders(true)
            .build();
    server.start();
    settings =
        Map.of(
            "fs.s3a.endpoint",
            "http://127.0.0.1:" + server.getPort(),
            "fs.s3a.endpoint.region",
            "us-east-1",
            "fs.s3a.access.key",
            KEY,
            "fs.s3a.secret.key",
            SECRET,
            "fs.s3a.path.style.access",
            "true",
            "fs.s3a.connection.ssl.enabled",
            "false");
    settings.forEach((key, value) -> System.setProperty("spark.hadoop." + key, value));
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    DataFiles.folders(ALL, CLASSES, folder.resolve("pictures"));
    Configuration configuration = new Configuration();
    settings.forEach(configuration::set);
    FileSystem.get(URI.create(BUCKET), configuration)
        .copyFromLocalFile(
            new org.apache.hadoop.fs.Path(folder.resolve("pictures").toUri()),
            new org.apache.hadoop.fs.Path(BUCKET + "/pictures"));
  }

  @AfterAll
  static void stopStore() throws Exception {
    settings.keySet().forEach(key -> System.clearProperty("spark.hadoop." + key));
    System.clearProperty("spark.master");
    System.clearProperty("spark.ui.enabled");
    server.stop();
    store.close();
  }

  @Test
  void picturesAndPacksInAStoreTrainToTheBitsOfLocalOnes() throws IOException {
    String pictures = BUCKET + "/pictures";
    String pack = BUCKET + "/packs/train";
    String local = train("{format: images, path: " + folder + "/pictures}", folder + "/local");
    assertEquals(local, train("{format: images, path: " + pictures + "}", BUCKET + "/run"));
    CommandRun packed = CommandRun.of("pack", pictures, "--output", pack, "--shards", "3");
    assertEquals(0, packed.status(), packed::toString);
    assertEquals(local, train("{format: pack, path: " + pack + "}", BUCKET + "/packed"));
    CommandRun again = CommandRun.of("pack", pictures, "--output", pack, "--shards", "3");
    assertTrue(again.out().contains("3 of 3 files were there already, and whole"), again::toString);
    CommandRun inspected = CommandRun.of("inspect", pack);
    assertTrue(inspected.out().contains("all 2        30"), inspected::toString);
  }

  @Test
  void whatIsNotInAStoreIsRefusedInOneLine() throws IOException {
    CommandRun run = CommandRun.of("pack", BUCKET + "/nothing", "--output", BUCKET + "/out");
    assertEquals(2, run.status(), run::toString);
    assertEquals(
        List.of("convoy: s3a://bucket/nothing: must be a folder of pictures, but is not there"),
        run.err());
  }

  /** Trains, and returns the line of the model that names the parameters' SHA-256. */
  private static String train(String source, String output) throws IOException {
    Path job = folder.resolve("job.yaml");
    Files.writeString(job, JOB.replace("SOURCE", source).replace("OUTPUT", output));
    CommandRun run = CommandRun.of("train", job.toString());
    assertEquals(0, run.status(), run::toString);
    CommandRun model = CommandRun.of("inspect", output);
    assertEquals(0, model.status(), model::toString);
    return model.out().stream()
        .filter(line -> line.startsWith("Weights:"))
        .findFirst()
        .orElseThrow();
  }
}
