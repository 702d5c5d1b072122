package dev.convoy.library;

import dev.convoy.config.data.Images;
import dev.convoy.run.DistributedModel;
import org.apache.spark.sql.SparkSession;

class EvaluateOnSession {
  public static void main(String[] args) throws Exception {
    SparkSession session = SparkSession.builder().getOrCreate();
    var model = DistributedModel.load(session, args[0]);
    System.out.println("accuracy " + model.evaluate(Images.of(args[1])).accuracy());
    model.predict(
        Images.of(args[1]),
        (file, index, prediction) -> System.out.println(file + ": " + prediction.label()));
  }
}
