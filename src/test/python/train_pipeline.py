from dev.convoy.ml import CnnClassifier
from pyspark.ml import Pipeline
from pyspark.ml.feature import IndexToString, StringIndexer
from pyspark.sql import SparkSession

session = SparkSession.builder.getOrCreate()
indexer = StringIndexer(inputCol="kind", outputCol="label")
classifier = CnnClassifier(
    featuresCol="content",
    network="{input: [1, 28, 28], layers: [flatten, {dense: {units: 10}}]}",
    maxIter=5,
)
names = IndexToString(inputCol="prediction", outputCol="predictedKind")
model = Pipeline(stages=[indexer, classifier, names]).fit(session.table("training"))
print(model.stages[1].summary.lossHistory)
model.transform(session.table("test")).select("path", "predictedKind").show()
model.write().overwrite().save("out/pipeline")
