package dev.convoy.pipeline;

import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;

class PredictStream {
  public static void main(String[] args) throws Exception {
    SparkSession session = SparkSession.builder().getOrCreate();
    var arriving =
        session
            .readStream()
            .format("binaryFile")
            .schema("path STRING, modificationTime TIMESTAMP, length BIGINT, content BINARY")
            .load(args[1]); // a folder into which pictures are put
    PipelineModel.load(args[0])
        .transform(arriving)
        .select("path", "predictedKind")
        .writeStream()
        .format("parquet")
        .option("checkpointLocation", args[3])
        .trigger(Trigger.AvailableNow()) // without it the query waits for more
        .start(args[2])
        .awaitTermination();
  }
}
