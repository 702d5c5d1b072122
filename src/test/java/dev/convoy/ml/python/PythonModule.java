package dev.convoy.ml.python;

import dev.convoy.ml.CnnTrainingSummary;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;

/**
 * Writes the module {@code dev.convoy.ml} for PySpark from the params of the stages. The module has
 * the name of the Java package, since PySpark finds the one by the other when it reads pipelines.
 */
final class PythonModule {
  static final Path FILE = Path.of("src/main/resources/dev/convoy/ml/__init__.py");

  /** The packages around it, which share their names with other archives of the path. */
  static final List<Path> AROUND =
      List.of(
          Path.of("src/main/resources/dev/__init__.py"),
          Path.of("src/main/resources/dev/convoy/__init__.py"));

  static final String AROUND_SOURCE =
      """
      __path__ = __import__("pkgutil").extend_path(__path__, __name__)
      """;

  static final String COMMAND = "mvn -q test -Dtest=PythonModuleTest -Dconvoy.python.write=true";

  private static final Map<Class<?>, String> CONVERTERS =
      Map.of(
          Param.class, "toString",
          BooleanParam.class, "toBoolean",
          DoubleParam.class, "toFloat",
          DoubleArrayParam.class, "toListFloat",
          IntParam.class, "toInt",
          LongParam.class, "toInt");

  private final PythonSource source = new PythonSource();

  private PythonModule() {}

  /** Returns the module's text. */
  static String make() {
    PythonModule module = new PythonModule();
    List<PythonStage> stages = PythonStage.all();
    module.head(stages);
    stages.forEach(module::stage);
    module.summary();
    return module.source.toString();
  }

  private void head(List<PythonStage> stages) {
    source.doc("Convoy in pipelines of PySpark: each class stands for that of its name in Java.");
    source.blank();
    source.line("# Generated from the params in Java; to write it anew: " + COMMAND);
    source.blank();
    source.line("from pyspark import SparkContext, keyword_only");
    source.line("from pyspark.ml.param import Param, Params, TypeConverters");
    source.line("from pyspark.ml.util import JavaMLReadable, JavaMLWritable");
    source.line(
        "from pyspark.ml.wrapper import JavaEstimator, JavaModel, JavaTransformer, JavaWrapper");
    source.blank();
    source.line("__all__ = [");
    Stream.concat(
            stages.stream().map(PythonStage::name),
            Stream.of(CnnTrainingSummary.class.getSimpleName()))
        .sorted()
        .forEach(name -> source.line("    " + PythonSource.literal(name) + ","));
    source.line("]");
  }

  private void stage(PythonStage stage) {
    String base =
        stage.isEstimator() ? "JavaEstimator" : stage.isModel() ? "JavaModel" : "JavaTransformer";
    source.blank().blank();
    source.open("class " + stage.name() + "(" + base + ", JavaMLReadable, JavaMLWritable)");
    source.doc("Stands for " + stage.type().getName() + ", whose documentation holds here, too.");
    for (Param<?> param : stage.params()) {
      source.blank();
      source.line(param.name() + " = Param(");
      source.line("    Params._dummy(),");
      source.line("    " + PythonSource.literal(param.name()) + ",");
      source.line("    " + PythonSource.literal(param.doc()) + ",");
      source.line("    typeConverter=TypeConverters." + converter(param) + ",");
      source.line(")");
    }
    if (stage.isEstimator()) {
      estimator(stage);
    } else {
      model(stage);
    }
    stage.params().forEach(this::accessors);
    source.close();
  }

  private void estimator(PythonStage stage) {
    source.blank().line("@keyword_only");
    arguments("__init__", stage);
    source.doc("Takes any of the params by name.");
    source.line("super().__init__()");
    source.line(
        "self._java_obj = self._new_java_obj("
            + PythonSource.literal(stage.type().getName())
            + ", self.uid)");
    defaults(stage);
    source.line("self._set(**self._input_kwargs)");
    source.close();
    source.blank().line("@keyword_only");
    arguments("setParams", stage);
    source.doc("Sets any of the params by name.");
    source.line("return self._set(**self._input_kwargs)");
    source.close();
    source.blank().open("def _create_model(self, java_model)");
    source.line("return " + stage.model().getSimpleName() + "(java_model)");
    source.close();
  }

  private void arguments(String name, PythonStage stage) {
    source.line("def " + name + "(");
    source.line("    self,");
    source.line("    *,");
    for (Param<?> param : stage.params()) {
      source.line("    " + param.name() + "=" + standard(stage, param) + ",");
    }
    source.open(")");
  }

  private void defaults(PythonStage stage) {
    source.line("self._setDefault(");
    for (Param<?> param : stage.params()) {
      if (stage.standard(param).isPresent()) {
        source.line("    " + param.name() + "=" + standard(stage, param) + ",");
      }
    }
    source.line(")");
  }

  private void model(PythonStage stage) {
    source.blank().open("def __init__(self, java_model=None)");
    source.doc("Stands for a stage in Java; PySpark sets one later where there is none yet.");
    source.line("super().__init__(java_model)");
    defaults(stage);
    source.open("if java_model is not None");
    if (!stage.isModel()) { // which PySpark's own constructor does for models
      source.line("self._resetUid(java_model.uid())");
    }
    source.line("self._transfer_params_from_java()");
    source.close();
    source.close();
    if (stage.isMadeOfModels()) {
      source.blank().line("@classmethod").open("def of(cls, model)");
      source.doc("Takes the network of a model.");
      source.line("java_class = SparkContext._active_spark_context._jvm." + stage.type().getName());
      source.line("return cls(java_class.of(model._java_obj.model()))");
      source.close();
    }
    stage.facts().forEach(this::fact);
    if (stage.hasSummary()) {
      source.blank().line("@property").open("def summary(self)");
      source.doc("How the training went, of a model that was trained by this program.");
      source.line("return CnnTrainingSummary(self._call_java(\"summary\"))");
      source.close();
    }
    for (Method method : stage.predictions()) {
      source.blank().open("def " + method.getName() + "(self, value)");
      source.doc("Returns what Java's " + method.getName() + " does of one picture.");
      source.line("return self._call_java(" + PythonSource.literal(method.getName()) + ", value)");
      source.close();
    }
  }

  private void summary() {
    source.blank().blank();
    source.open("class " + CnnTrainingSummary.class.getSimpleName() + "(JavaWrapper)");
    source.doc("How a training went. A model has it until it is saved.");
    PythonStage.facts(CnnTrainingSummary.class).forEach(this::fact);
    source.close();
  }

  private void fact(Method method) {
    source.blank().line("@property").open("def " + method.getName() + "(self)");
    source.doc("What Java's " + method.getName() + "() returns.");
    source.line("return self._call_java(" + PythonSource.literal(method.getName()) + ")");
    source.close();
  }

  private void accessors(Param<?> param) {
    String suffix =
        param.name().substring(0, 1).toUpperCase(Locale.ROOT) + param.name().substring(1);
    source.blank().open("def get" + suffix + "(self)");
    source.line("return self.getOrDefault(self." + param.name() + ")").close();
    source.blank().open("def set" + suffix + "(self, value)");
    source.line("return self._set(" + param.name() + "=value)").close();
  }

  private static String converter(Param<?> param) {
    String converter = CONVERTERS.get(param.getClass());
    if (converter == null) {
      throw new IllegalArgumentException(
          param + " is a " + param.getClass() + ", of which nothing is known in Python");
    }
    return converter;
  }

  /** Returns the literal of a default; {@code None} where there is none. */
  static String standard(PythonStage stage, Param<?> param) {
    Optional<Object> standard = stage.standard(param);
    if (standard.isEmpty()) {
      return "None";
    }
    Object value = standard.get();
    if (value instanceof String text) {
      return PythonSource.literal(text);
    } else if (value instanceof Boolean truth) {
      return truth ? "True" : "False";
    } else if (value instanceof Integer || value instanceof Long || value instanceof Double) {
      return value.toString();
    }
    throw new IllegalArgumentException(param + " has a default of " + value.getClass());
  }
}
