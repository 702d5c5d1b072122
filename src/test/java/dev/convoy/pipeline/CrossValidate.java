package dev.convoy.pipeline;

import static scala.jdk.javaapi.CollectionConverters.asScala;

import dev.convoy.ml.CnnClassifier;
import java.util.List;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.SparkSession;

class CrossValidate {
  public static void main(String[] args) throws Exception {
    SparkSession session = SparkSession.builder().getOrCreate();
    var classifier =
        new CnnClassifier()
            .setFeaturesCol("content")
            .setNetwork("{input: [1, 28, 28], layers: [flatten, {dense: {units: 10}}]}")
            .setMaxIter(2);
    List<String> rates =
        List.of("{adam: {learningRate: 0.00001}}", "{adam: {learningRate: 0.001}}");
    ParamMap[] grid =
        new ParamGridBuilder()
            .addGrid(classifier.optimizer(), asScala(rates))
            .addGrid(classifier.averagingFrequency(), asScala(List.of("1", "8")))
            .build();
    CrossValidatorModel validated =
        new CrossValidator()
            .setEstimator(classifier)
            .setEstimatorParamMaps(grid)
            .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("accuracy"))
            .setNumFolds(2)
            .setParallelism(2) // as many fits run at once, each with its own workers
            .setSeed(1)
            .fit(session.table(args[0]));
    for (int i = 0; i < grid.length; i++) {
      String rate = grid[i].apply(classifier.optimizer());
      String steps = grid[i].apply(classifier.averagingFrequency());
      System.out.println(rate + ", H = " + steps + ": " + validated.avgMetrics()[i]);
    }
  }
}
