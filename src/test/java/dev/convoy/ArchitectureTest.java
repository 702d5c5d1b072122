package dev.convoy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Holds the packages to their order, and Spark, Hadoop and the vector module to their places. */
@AnalyzeClasses(packages = "dev.convoy", importOptions = ArchitectureTest.WithoutTests.class)
class ArchitectureTest {
  /**
   * ArchUnit's own option of this kind looks for target/test-classes alone, and a profile may build
   * elsewhere.
   */
  static final class WithoutTests implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/test-classes/");
    }
  }

  /** Each room uses only those before it. A room is one package. */
  private static final List<String> ROOMS =
      List.of(
          "dev.convoy.api",
          "dev.convoy.tensor",
          "dev.convoy.random",
          "dev.convoy.kernel.lane",
          "dev.convoy.kernel.tap",
          "dev.convoy.kernel.panel",
          "dev.convoy.kernel.dense",
          "dev.convoy.kernel.pool",
          "dev.convoy.kernel.winograd",
          "dev.convoy.kernel.elementwise",
          "dev.convoy.kernel.normalization",
          "dev.convoy.kernel",
          "dev.convoy.nn.layer",
          "dev.convoy.nn",
          "dev.convoy.nn.preset",
          "dev.convoy.nn.replica.step",
          "dev.convoy.nn.replica.convolution",
          "dev.convoy.nn.replica.pass.activation",
          "dev.convoy.nn.replica.pass.shape",
          "dev.convoy.nn.replica.pass.pool",
          "dev.convoy.nn.replica.pass.normalization",
          "dev.convoy.nn.replica.pass",
          "dev.convoy.nn.replica.fusion",
          "dev.convoy.nn.replica",
          "dev.convoy.loss",
          "dev.convoy.optim",
          "dev.convoy.image.webp",
          "dev.convoy.image.container",
          "dev.convoy.image",
          "dev.convoy.image.filter",
          "dev.convoy.image.augment",
          "dev.convoy.data",
          "dev.convoy.train.sampling",
          "dev.convoy.train.batch",
          "dev.convoy.train.score",
          "dev.convoy.train.frequency",
          "dev.convoy.train.fault",
          "dev.convoy.train.tuning",
          "dev.convoy.train.round",
          "dev.convoy.train",
          "dev.convoy.config.tree",
          "dev.convoy.config.data",
          "dev.convoy.config.binding",
          "dev.convoy.config",
          "dev.convoy.model",
          "dev.convoy.model.onnx",
          "dev.convoy.model.onnx.out",
          "dev.convoy.model.onnx.in",
          "dev.convoy.model.weights",
          "dev.convoy.report",
          "dev.convoy.report.explain",
          "dev.convoy.spark",
          "dev.convoy.spark.job",
          "dev.convoy.spark.file",
          "dev.convoy.spark.portion",
          "dev.convoy.spark.block",
          "dev.convoy.spark.format.pack",
          "dev.convoy.spark.format",
          "dev.convoy.spark.format.table",
          "dev.convoy.spark.split",
          "dev.convoy.spark.pack",
          "dev.convoy.spark.use",
          "dev.convoy.spark.round",
          "dev.convoy.spark.forecast",
          "dev.convoy.run",
          "dev.convoy.ml",
          "dev.convoy.cli.input",
          "dev.convoy.cli.console",
          "dev.convoy.cli");

  /** More files than that in a room, and it wants walls. */
  private static final int MOST_FILES = 30;

  /** As many are allowed where all are of one kind. */
  private static final int MOST_OF_ONE_KIND = 40;

  private static final Set<String> ROOMS_OF_ONE_KIND =
      Set.of("dev.convoy.optim", "dev.convoy.model.onnx.in");

  /** The language has all that a sealed interface permits, each layer, in one package. */
  private static final String LAYERS = "dev.convoy.nn.layer";

  private static final int MOST_LAYERS = 60;

  @ArchTest
  static void eachRoomUsesOnlyTheRoomsBeforeIt(JavaClasses convoy) {
    for (int room = 0; room < ROOMS.size() - 1; room++) {
      String[] later = ROOMS.subList(room + 1, ROOMS.size()).toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(ROOMS.get(room))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(later)
          .check(convoy);
    }
  }

  @ArchTest
  static final ArchRule everyClassIsInARoom =
      classes().should().resideInAnyPackage(ROOMS.toArray(String[]::new));

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.convoy.(**)").should().beFreeOfCycles();

  @ArchTest
  static void noRoomIsAHall(JavaClasses convoy) {
    Map<String, Long> files =
        convoy.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .collect(groupingBy(JavaClass::getPackageName, TreeMap::new, counting()));
    files.forEach(
        (room, count) -> {
          int most = ROOMS_OF_ONE_KIND.contains(room) ? MOST_OF_ONE_KIND : MOST_FILES;
          most = room.equals(LAYERS) ? MOST_LAYERS : most;
          assertTrue(count <= most, room + " has " + count + " files, and may have " + most);
        });
  }

  @ArchTest
  static void everyRoomSaysWhatBelongsInIt(JavaClasses convoy) {
    for (String room : ROOMS) {
      Path packageInfo = Path.of("src/main/java", room.split("\\.")).resolve("package-info.java");
      assertTrue(Files.isRegularFile(packageInfo), packageInfo + " is missing");
    }
  }

  @ArchTest
  static final ArchRule sparkAndHadoopAppearFromSparkOnAlone =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.convoy.spark..", "dev.convoy.run..", "dev.convoy.ml..", "dev.convoy.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..");

  /** Classes of the kernels' rooms by their names, and what is nested in them. */
  private static final DescribedPredicate<JavaClass> ARE_VECTOR_KERNELS =
      new DescribedPredicate<>("are kernels whose names begin with Vector") {
        @Override
        public boolean test(JavaClass type) {
          JavaClass outermost = type;
          while (outermost.getEnclosingClass().isPresent()) {
            outermost = outermost.getEnclosingClass().get();
          }
          return outermost.getSimpleName().startsWith("Vector")
              && JavaClass.Predicates.resideInAPackage("dev.convoy.kernel..").test(outermost);
        }
      };

  @ArchTest
  static final ArchRule theVectorModuleIsInTheVectorKernelsAlone =
      noClasses()
          .that(DescribedPredicate.not(ARE_VECTOR_KERNELS))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator.vector..");

  /** So that all others load on a JVM without the module: one class is found by its name. */
  @ArchTest
  static final ArchRule vectorKernelsAreUsedByVectorKernelsAlone =
      noClasses()
          .that(DescribedPredicate.not(ARE_VECTOR_KERNELS))
          .should()
          .dependOnClassesThat(ARE_VECTOR_KERNELS);

  @ArchTest
  static final ArchRule runsPrintNothingAndEndNoJvm =
      noClasses()
          .that()
          .resideInAPackage("dev.convoy.run..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  /** Functions of {@link Math} whose last bit may differ from one JVM or CPU to another. */
  private static final Set<String> INEXACT =
      Set.of(
          "sin", "cos", "tan", "asin", "acos", "atan", "exp", "log", "log10", "pow", "sinh", "cosh",
          "tanh", "expm1", "log1p", "cbrt", "hypot", "atan2");

  @ArchTest
  static final ArchRule functionsHaveTheSameBitsEverywhere =
      noClasses()
          .should()
          .callMethodWhere(
              new DescribedPredicate<>("Math's is of other bits elsewhere: StrictMath has it") {
                @Override
                public boolean test(JavaMethodCall call) {
                  return call.getTargetOwner().isEquivalentTo(Math.class)
                      && INEXACT.contains(call.getName());
                }
              });

  @ArchTest
  static final ArchRule namesSayWhatAClassIs =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .haveSimpleNameEndingWith("Manager");
}
