package dev.convoy.pipeline;

import dev.convoy.ml.CnnClassifier;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.sql.SparkSession;

class TrainPipeline {
  private static final String NETWORK =
      """
      input: [1, 28, 28]
      layers:
        - conv2d: {filters: 8, kernel: 5}
        - relu
        - maxPool2d: {kernel: 2, stride: 2}
        - flatten
        - dense: {units: 10}
      """;

  public static void main(String[] args) throws Exception {
    SparkSession session = SparkSession.builder().getOrCreate(); // the application's own
    var indexer = new StringIndexer().setInputCol("kind").setOutputCol("label");
    var classifier =
        new CnnClassifier().setFeaturesCol("content").setNetwork(NETWORK).setMaxIter(2);
    var names = new IndexToString().setInputCol("prediction").setOutputCol("predictedKind");
    PipelineModel model =
        new Pipeline()
            .setStages(new PipelineStage[] {indexer, classifier, names})
            .fit(session.table(args[0]));
    var predicted = model.transform(session.table(args[1]));
    predicted.select("path", "kind", "predictedKind").show(3);
    var evaluator = new MulticlassClassificationEvaluator().setMetricName("accuracy");
    System.out.println("accuracy " + evaluator.evaluate(predicted));
    model.write().overwrite().save(args[2]);
  }
}
