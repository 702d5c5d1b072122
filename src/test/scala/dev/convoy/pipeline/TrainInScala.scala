package dev.convoy.pipeline

import dev.convoy.ml.CnnClassifier
import org.apache.spark.ml.Pipeline
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator
import org.apache.spark.ml.feature.{IndexToString, StringIndexer}
import org.apache.spark.sql.SparkSession

object TrainInScala {
  private val network =
    """
    input: [1, 28, 28]
    layers:
      - conv2d: {filters: 8, kernel: 5}
      - relu
      - maxPool2d: {kernel: 2, stride: 2}
      - flatten
      - dense: {units: 10}
    """

  def main(args: Array[String]): Unit = {
    val session = SparkSession.builder().getOrCreate() // the application's own
    val indexer = new StringIndexer().setInputCol("kind").setOutputCol("label")
    val classifier =
      new CnnClassifier().setFeaturesCol("content").setNetwork(network).setMaxIter(2)
    val names = new IndexToString().setInputCol("prediction").setOutputCol("predictedKind")
    val model =
      new Pipeline().setStages(Array(indexer, classifier, names)).fit(session.table(args(0)))
    val predicted = model.transform(session.table(args(1)))
    predicted.select("path", "kind", "predictedKind").show(3)
    val evaluator = new MulticlassClassificationEvaluator().setMetricName("accuracy")
    println("accuracy " + evaluator.evaluate(predicted))
    model.write.overwrite().save(args(2))
  }
}
