package dev.convoy.library;

import dev.convoy.run.OutputUse;
import dev.convoy.run.Training;
import dev.convoy.train.EpochResult;
import dev.convoy.train.TrainingListener;
import org.apache.spark.sql.SparkSession;

class TrainOnSession {
  public static void main(String[] args) throws Exception {
    SparkSession session = SparkSession.builder().getOrCreate(); // the application's own
    var listener =
        new TrainingListener() {
          @Override
          public void onEpoch(EpochResult epoch) {
            System.out.println("epoch " + epoch.epoch() + ": loss " + epoch.trainLoss());
          }
        };
    var result =
        Training.ofFile(args[0], "training.epochs=2")
            .on(session)
            .listen(listener)
            .use(OutputUse.OVERWRITE)
            .train();
    System.out.println("SHA-256 " + result.summary().weightsSha256());
  }
}
