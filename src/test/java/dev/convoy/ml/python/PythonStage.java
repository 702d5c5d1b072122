package dev.convoy.ml.python;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.convoy.model.Model;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.Param;

/**
 * A stage of pipelines, as Python is to have it.
 *
 * @param type in Java, which has a constructor without parameters
 */
public record PythonStage(Class<? extends PipelineStage> type) {
  /** Types of results that Python has, too. */
  private static final Set<Class<?>> PLAIN =
      Set.of(int.class, boolean.class, double.class, String.class, String[].class, double[].class);

  /** Returns all stages of Convoy, estimators before models. */
  public static List<PythonStage> all() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.convoy.ml")
            .stream()
            .map(JavaClass::reflect)
            .filter(PipelineStage.class::isAssignableFrom)
            .<Class<? extends PipelineStage>>map(type -> type.asSubclass(PipelineStage.class))
            .filter(type -> type.getPackageName().equals("dev.convoy.ml"))
            .map(PythonStage::new)
            .sorted(
                Comparator.comparing((PythonStage stage) -> !stage.isEstimator())
                    .thenComparing(PythonStage::name))
            .toList();
  }

  /** Returns the name, in both languages. */
  public String name() {
    return type.getSimpleName();
  }

  boolean isEstimator() {
    return Estimator.class.isAssignableFrom(type);
  }

  boolean isModel() {
    return org.apache.spark.ml.Model.class.isAssignableFrom(type);
  }

  /** Returns whether a static method makes the stage of a model's network. */
  boolean isMadeOfModels() {
    return Arrays.stream(type.getMethods())
        .anyMatch(
            method ->
                method.getName().equals("of")
                    && Arrays.equals(method.getParameterTypes(), new Class<?>[] {Model.class}));
  }

  /** Returns the model that an estimator fits. */
  Class<?> model() {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (c.getGenericSuperclass() instanceof ParameterizedType parent) {
        Object last = parent.getActualTypeArguments()[parent.getActualTypeArguments().length - 1];
        if (last instanceof Class<?> model) {
          return model;
        }
      }
    }
    throw new IllegalArgumentException(type + " fits no model");
  }

  /** Returns a stage whose params are as nobody has set them. */
  PipelineStage fresh() {
    try {
      return type.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(type + " needs a constructor without parameters", e);
    }
  }

  /** Returns the params, by name. */
  public List<Param<?>> params() {
    return Arrays.<Param<?>>asList(fresh().params());
  }

  /** Returns the default of a param; empty if it has none. */
  public Optional<Object> standard(Param<?> param) {
    PipelineStage made = fresh();
    scala.Option<?> standard = made.getDefault(made.getParam(param.name()));
    return standard.isDefined() ? Optional.of(standard.get()) : Optional.empty();
  }

  /** Returns the methods without parameters that tell of a model what Python can hold. */
  List<Method> facts() {
    return isEstimator() ? List.of() : facts(type);
  }

  /** Returns the methods of a class of Convoy that tell what Python can hold. */
  static List<Method> facts(Class<?> of) {
    return declared(of)
        .filter(method -> method.getParameterCount() == 0)
        .filter(method -> PLAIN.contains(method.getReturnType()))
        .filter(method -> !method.getName().matches("uid|get[A-Z].*|hashCode|toString"))
        .toList();
  }

  /** Returns the methods that predict on one picture. */
  List<Method> predictions() {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getName().matches("predict([A-Z].*)?") && !method.isBridge())
        .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {Object.class}))
        .sorted(Comparator.comparing(Method::getName))
        .toList();
  }

  /** Returns whether a model knows how its training went. */
  boolean hasSummary() {
    return declared(type).anyMatch(method -> method.getName().equals("summary"));
  }

  private static Stream<Method> declared(Class<?> of) {
    return Arrays.stream(of.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> !method.isBridge() && !method.isSynthetic())
        .sorted(Comparator.comparing(Method::getName));
  }
}
