package dev.convoy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

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

  /** Each room uses only those before it. A name that ends in ".." takes in the packages below. */
  private static final List<String> ROOMS =
      List.of(
          "dev.convoy.tensor..",
          "dev.convoy.random..",
          "dev.convoy.kernel..",
          "dev.convoy.nn.layer..",
          "dev.convoy.nn",
          "dev.convoy.nn.replica..",
          "dev.convoy.loss..",
          "dev.convoy.optim..",
          "dev.convoy.image..",
          "dev.convoy.data..",
          "dev.convoy.train..",
          "dev.convoy.config..",
          "dev.convoy.model..",
          "dev.convoy.report..",
          "dev.convoy.spark..",
          "dev.convoy.cli..");

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
          .allowEmptyShould(true)
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
  static final ArchRule sparkAndHadoopAreInSparkAndCliAlone =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.convoy.spark..", "dev.convoy.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..");

  @ArchTest
  static final ArchRule theVectorModuleIsInTheVectorKernelsAlone =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.convoy.kernel.vector..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator.vector..");

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
