"""Convoy in pipelines of PySpark: each class stands for that of its name in Java."""

# Generated from the params in Java; to write it anew: mvn -q test -Dtest=PythonModuleTest -Dconvoy.python.write=true

from pyspark import SparkContext, keyword_only
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.util import JavaMLReadable, JavaMLWritable
from pyspark.ml.wrapper import JavaEstimator, JavaModel, JavaTransformer, JavaWrapper

__all__ = [
    "CnnClassificationModel",
    "CnnClassifier",
    "CnnFeaturizer",
    "CnnRegressionModel",
    "CnnRegressor",
    "CnnTrainingSummary",
]


class CnnClassifier(JavaEstimator, JavaMLReadable, JavaMLWritable):
    """Stands for dev.convoy.ml.CnnClassifier, whose documentation holds here, too."""

    augment = Param(
        Params._dummy(),
        "augment",
        "what changes training pictures at random, as in [horizontalFlip]",
        typeConverter=TypeConverters.toString,
    )

    averaging = Param(
        Params._dummy(),
        "averaging",
        "what is averaged after a round: parameters or gradients",
        typeConverter=TypeConverters.toString,
    )

    averagingFrequency = Param(
        Params._dummy(),
        "averagingFrequency",
        "steps of each worker from one averaging to the next, or auto",
        typeConverter=TypeConverters.toString,
    )

    batchSize = Param(
        Params._dummy(),
        "batchSize",
        "pictures of one worker's step (>= 1)",
        typeConverter=TypeConverters.toInt,
    )

    checkpointDir = Param(
        Params._dummy(),
        "checkpointDir",
        "folder in which each fit has a folder of its own with checkpoints while it runs, from which the next fit of the same params goes on if it failed",
        typeConverter=TypeConverters.toString,
    )

    checkpointInterval = Param(
        Params._dummy(),
        "checkpointInterval",
        "rounds from one checkpoint to the next (>= 1)",
        typeConverter=TypeConverters.toInt,
    )

    earlyStopping = Param(
        Params._dummy(),
        "earlyStopping",
        "when to end before the last epoch, as in {patience: 3}",
        typeConverter=TypeConverters.toString,
    )

    featuresCol = Param(
        Params._dummy(),
        "featuresCol",
        "features column name",
        typeConverter=TypeConverters.toString,
    )

    initialModel = Param(
        Params._dummy(),
        "initialModel",
        "path of a safetensors file or of a model folder to start from",
        typeConverter=TypeConverters.toString,
    )

    inputShape = Param(
        Params._dummy(),
        "inputShape",
        "[channels, height, width] of pictures that are vectors, arrays or raw bytes",
        typeConverter=TypeConverters.toString,
    )

    job = Param(
        Params._dummy(),
        "job",
        "a job file's text, whose keys (name, seed, network, training, distribution, and of data what makes pictures fit) stand for the params that are not set",
        typeConverter=TypeConverters.toString,
    )

    labelCol = Param(
        Params._dummy(),
        "labelCol",
        "label column name",
        typeConverter=TypeConverters.toString,
    )

    loss = Param(
        Params._dummy(),
        "loss",
        "what training makes small, as in {softmaxCrossEntropy: {}}",
        typeConverter=TypeConverters.toString,
    )

    maxIter = Param(
        Params._dummy(),
        "maxIter",
        "epochs: how often every picture is used (>= 1)",
        typeConverter=TypeConverters.toInt,
    )

    network = Param(
        Params._dummy(),
        "network",
        "input and layers as in a job file, as in {input: [1, 28, 28], layers: [flatten, {dense: {units: 10}}]}, or a network's name, as in {preset: resnet18}",
        typeConverter=TypeConverters.toString,
    )

    normalize = Param(
        Params._dummy(),
        "normalize",
        "means and deviations of pixels in [0, 1], as in {mean: [0.5], std: [0.25]}, or auto, which takes the training pictures' own",
        typeConverter=TypeConverters.toString,
    )

    optimizer = Param(
        Params._dummy(),
        "optimizer",
        "what makes the steps, as in {adam: {learningRate: 0.001}}",
        typeConverter=TypeConverters.toString,
    )

    orderCol = Param(
        Params._dummy(),
        "orderCol",
        "column that orders the pictures; by default their SHA-256 and labels do, so that the result depends on the rows alone",
        typeConverter=TypeConverters.toString,
    )

    predictionCol = Param(
        Params._dummy(),
        "predictionCol",
        "prediction column name",
        typeConverter=TypeConverters.toString,
    )

    preprocess = Param(
        Params._dummy(),
        "preprocess",
        "what makes pictures fit the network, as in [{resize: {size: 32}}]",
        typeConverter=TypeConverters.toString,
    )

    probabilityCol = Param(
        Params._dummy(),
        "probabilityCol",
        "Column name for predicted class conditional probabilities. Note: Not all models output well-calibrated probability estimates! These probabilities should be treated as confidences, not precise probabilities",
        typeConverter=TypeConverters.toString,
    )

    rawPredictionCol = Param(
        Params._dummy(),
        "rawPredictionCol",
        "raw prediction (a.k.a. confidence) column name",
        typeConverter=TypeConverters.toString,
    )

    schedule = Param(
        Params._dummy(),
        "schedule",
        "how the learning rate changes, as in {cosine: {}}",
        typeConverter=TypeConverters.toString,
    )

    seed = Param(
        Params._dummy(),
        "seed",
        "seed of all that is random",
        typeConverter=TypeConverters.toInt,
    )

    thresholds = Param(
        Params._dummy(),
        "thresholds",
        "Thresholds in multi-class classification to adjust the probability of predicting each class. Array must have length equal to the number of classes, with values > 0 excepting that at most one value may be 0. The class with largest value p/t is predicted, where p is the original probability of that class and t is the class's threshold",
        typeConverter=TypeConverters.toListFloat,
    )

    validationIndicatorCol = Param(
        Params._dummy(),
        "validationIndicatorCol",
        "column of booleans that mark the pictures on which no step is made: they show how the training does",
        typeConverter=TypeConverters.toString,
    )

    weightCol = Param(
        Params._dummy(),
        "weightCol",
        "column of how much each picture counts; all count 1 by default",
        typeConverter=TypeConverters.toString,
    )

    workers = Param(
        Params._dummy(),
        "workers",
        "workers over which the pictures are dealt: part of the result, whatever the cluster (>= 1)",
        typeConverter=TypeConverters.toInt,
    )

    @keyword_only
    def __init__(
        self,
        *,
        augment=None,
        averaging=None,
        averagingFrequency=None,
        batchSize=32,
        checkpointDir=None,
        checkpointInterval=100,
        earlyStopping=None,
        featuresCol="features",
        initialModel=None,
        inputShape=None,
        job=None,
        labelCol="label",
        loss=None,
        maxIter=10,
        network=None,
        normalize=None,
        optimizer="{adam: {learningRate: 0.001}}",
        orderCol=None,
        predictionCol="prediction",
        preprocess=None,
        probabilityCol="probability",
        rawPredictionCol="rawPrediction",
        schedule=None,
        seed=42,
        thresholds=None,
        validationIndicatorCol=None,
        weightCol=None,
        workers=4,
    ):
        """Takes any of the params by name."""
        super().__init__()
        self._java_obj = self._new_java_obj("dev.convoy.ml.CnnClassifier", self.uid)
        self._setDefault(
            batchSize=32,
            checkpointInterval=100,
            featuresCol="features",
            labelCol="label",
            maxIter=10,
            optimizer="{adam: {learningRate: 0.001}}",
            predictionCol="prediction",
            probabilityCol="probability",
            rawPredictionCol="rawPrediction",
            seed=42,
            workers=4,
        )
        self._set(**self._input_kwargs)

    @keyword_only
    def setParams(
        self,
        *,
        augment=None,
        averaging=None,
        averagingFrequency=None,
        batchSize=32,
        checkpointDir=None,
        checkpointInterval=100,
        earlyStopping=None,
        featuresCol="features",
        initialModel=None,
        inputShape=None,
        job=None,
        labelCol="label",
        loss=None,
        maxIter=10,
        network=None,
        normalize=None,
        optimizer="{adam: {learningRate: 0.001}}",
        orderCol=None,
        predictionCol="prediction",
        preprocess=None,
        probabilityCol="probability",
        rawPredictionCol="rawPrediction",
        schedule=None,
        seed=42,
        thresholds=None,
        validationIndicatorCol=None,
        weightCol=None,
        workers=4,
    ):
        """Sets any of the params by name."""
        return self._set(**self._input_kwargs)

    def _create_model(self, java_model):
        return CnnClassificationModel(java_model)

    def getAugment(self):
        return self.getOrDefault(self.augment)

    def setAugment(self, value):
        return self._set(augment=value)

    def getAveraging(self):
        return self.getOrDefault(self.averaging)

    def setAveraging(self, value):
        return self._set(averaging=value)

    def getAveragingFrequency(self):
        return self.getOrDefault(self.averagingFrequency)

    def setAveragingFrequency(self, value):
        return self._set(averagingFrequency=value)

    def getBatchSize(self):
        return self.getOrDefault(self.batchSize)

    def setBatchSize(self, value):
        return self._set(batchSize=value)

    def getCheckpointDir(self):
        return self.getOrDefault(self.checkpointDir)

    def setCheckpointDir(self, value):
        return self._set(checkpointDir=value)

    def getCheckpointInterval(self):
        return self.getOrDefault(self.checkpointInterval)

    def setCheckpointInterval(self, value):
        return self._set(checkpointInterval=value)

    def getEarlyStopping(self):
        return self.getOrDefault(self.earlyStopping)

    def setEarlyStopping(self, value):
        return self._set(earlyStopping=value)

    def getFeaturesCol(self):
        return self.getOrDefault(self.featuresCol)

    def setFeaturesCol(self, value):
        return self._set(featuresCol=value)

    def getInitialModel(self):
        return self.getOrDefault(self.initialModel)

    def setInitialModel(self, value):
        return self._set(initialModel=value)

    def getInputShape(self):
        return self.getOrDefault(self.inputShape)

    def setInputShape(self, value):
        return self._set(inputShape=value)

    def getJob(self):
        return self.getOrDefault(self.job)

    def setJob(self, value):
        return self._set(job=value)

    def getLabelCol(self):
        return self.getOrDefault(self.labelCol)

    def setLabelCol(self, value):
        return self._set(labelCol=value)

    def getLoss(self):
        return self.getOrDefault(self.loss)

    def setLoss(self, value):
        return self._set(loss=value)

    def getMaxIter(self):
        return self.getOrDefault(self.maxIter)

    def setMaxIter(self, value):
        return self._set(maxIter=value)

    def getNetwork(self):
        return self.getOrDefault(self.network)

    def setNetwork(self, value):
        return self._set(network=value)

    def getNormalize(self):
        return self.getOrDefault(self.normalize)

    def setNormalize(self, value):
        return self._set(normalize=value)

    def getOptimizer(self):
        return self.getOrDefault(self.optimizer)

    def setOptimizer(self, value):
        return self._set(optimizer=value)

    def getOrderCol(self):
        return self.getOrDefault(self.orderCol)

    def setOrderCol(self, value):
        return self._set(orderCol=value)

    def getPredictionCol(self):
        return self.getOrDefault(self.predictionCol)

    def setPredictionCol(self, value):
        return self._set(predictionCol=value)

    def getPreprocess(self):
        return self.getOrDefault(self.preprocess)

    def setPreprocess(self, value):
        return self._set(preprocess=value)

    def getProbabilityCol(self):
        return self.getOrDefault(self.probabilityCol)

    def setProbabilityCol(self, value):
        return self._set(probabilityCol=value)

    def getRawPredictionCol(self):
        return self.getOrDefault(self.rawPredictionCol)

    def setRawPredictionCol(self, value):
        return self._set(rawPredictionCol=value)

    def getSchedule(self):
        return self.getOrDefault(self.schedule)

    def setSchedule(self, value):
        return self._set(schedule=value)

    def getSeed(self):
        return self.getOrDefault(self.seed)

    def setSeed(self, value):
        return self._set(seed=value)

    def getThresholds(self):
        return self.getOrDefault(self.thresholds)

    def setThresholds(self, value):
        return self._set(thresholds=value)

    def getValidationIndicatorCol(self):
        return self.getOrDefault(self.validationIndicatorCol)

    def setValidationIndicatorCol(self, value):
        return self._set(validationIndicatorCol=value)

    def getWeightCol(self):
        return self.getOrDefault(self.weightCol)

    def setWeightCol(self, value):
        return self._set(weightCol=value)

    def getWorkers(self):
        return self.getOrDefault(self.workers)

    def setWorkers(self, value):
        return self._set(workers=value)


class CnnRegressor(JavaEstimator, JavaMLReadable, JavaMLWritable):
    """Stands for dev.convoy.ml.CnnRegressor, whose documentation holds here, too."""

    augment = Param(
        Params._dummy(),
        "augment",
        "what changes training pictures at random, as in [horizontalFlip]",
        typeConverter=TypeConverters.toString,
    )

    averaging = Param(
        Params._dummy(),
        "averaging",
        "what is averaged after a round: parameters or gradients",
        typeConverter=TypeConverters.toString,
    )

    averagingFrequency = Param(
        Params._dummy(),
        "averagingFrequency",
        "steps of each worker from one averaging to the next, or auto",
        typeConverter=TypeConverters.toString,
    )

    batchSize = Param(
        Params._dummy(),
        "batchSize",
        "pictures of one worker's step (>= 1)",
        typeConverter=TypeConverters.toInt,
    )

    checkpointDir = Param(
        Params._dummy(),
        "checkpointDir",
        "folder in which each fit has a folder of its own with checkpoints while it runs, from which the next fit of the same params goes on if it failed",
        typeConverter=TypeConverters.toString,
    )

    checkpointInterval = Param(
        Params._dummy(),
        "checkpointInterval",
        "rounds from one checkpoint to the next (>= 1)",
        typeConverter=TypeConverters.toInt,
    )

    earlyStopping = Param(
        Params._dummy(),
        "earlyStopping",
        "when to end before the last epoch, as in {patience: 3}",
        typeConverter=TypeConverters.toString,
    )

    featuresCol = Param(
        Params._dummy(),
        "featuresCol",
        "features column name",
        typeConverter=TypeConverters.toString,
    )

    initialModel = Param(
        Params._dummy(),
        "initialModel",
        "path of a safetensors file or of a model folder to start from",
        typeConverter=TypeConverters.toString,
    )

    inputShape = Param(
        Params._dummy(),
        "inputShape",
        "[channels, height, width] of pictures that are vectors, arrays or raw bytes",
        typeConverter=TypeConverters.toString,
    )

    job = Param(
        Params._dummy(),
        "job",
        "a job file's text, whose keys (name, seed, network, training, distribution, and of data what makes pictures fit) stand for the params that are not set",
        typeConverter=TypeConverters.toString,
    )

    labelCol = Param(
        Params._dummy(),
        "labelCol",
        "label column name",
        typeConverter=TypeConverters.toString,
    )

    loss = Param(
        Params._dummy(),
        "loss",
        "what training makes small, as in {softmaxCrossEntropy: {}}",
        typeConverter=TypeConverters.toString,
    )

    maxIter = Param(
        Params._dummy(),
        "maxIter",
        "epochs: how often every picture is used (>= 1)",
        typeConverter=TypeConverters.toInt,
    )

    network = Param(
        Params._dummy(),
        "network",
        "input and layers as in a job file, as in {input: [1, 28, 28], layers: [flatten, {dense: {units: 10}}]}, or a network's name, as in {preset: resnet18}",
        typeConverter=TypeConverters.toString,
    )

    normalize = Param(
        Params._dummy(),
        "normalize",
        "means and deviations of pixels in [0, 1], as in {mean: [0.5], std: [0.25]}, or auto, which takes the training pictures' own",
        typeConverter=TypeConverters.toString,
    )

    optimizer = Param(
        Params._dummy(),
        "optimizer",
        "what makes the steps, as in {adam: {learningRate: 0.001}}",
        typeConverter=TypeConverters.toString,
    )

    orderCol = Param(
        Params._dummy(),
        "orderCol",
        "column that orders the pictures; by default their SHA-256 and labels do, so that the result depends on the rows alone",
        typeConverter=TypeConverters.toString,
    )

    predictionCol = Param(
        Params._dummy(),
        "predictionCol",
        "prediction column name",
        typeConverter=TypeConverters.toString,
    )

    preprocess = Param(
        Params._dummy(),
        "preprocess",
        "what makes pictures fit the network, as in [{resize: {size: 32}}]",
        typeConverter=TypeConverters.toString,
    )

    schedule = Param(
        Params._dummy(),
        "schedule",
        "how the learning rate changes, as in {cosine: {}}",
        typeConverter=TypeConverters.toString,
    )

    seed = Param(
        Params._dummy(),
        "seed",
        "seed of all that is random",
        typeConverter=TypeConverters.toInt,
    )

    validationIndicatorCol = Param(
        Params._dummy(),
        "validationIndicatorCol",
        "column of booleans that mark the pictures on which no step is made: they show how the training does",
        typeConverter=TypeConverters.toString,
    )

    weightCol = Param(
        Params._dummy(),
        "weightCol",
        "column of how much each picture counts; all count 1 by default",
        typeConverter=TypeConverters.toString,
    )

    workers = Param(
        Params._dummy(),
        "workers",
        "workers over which the pictures are dealt: part of the result, whatever the cluster (>= 1)",
        typeConverter=TypeConverters.toInt,
    )

    @keyword_only
    def __init__(
        self,
        *,
        augment=None,
        averaging=None,
        averagingFrequency=None,
        batchSize=32,
        checkpointDir=None,
        checkpointInterval=100,
        earlyStopping=None,
        featuresCol="features",
        initialModel=None,
        inputShape=None,
        job=None,
        labelCol="label",
        loss="meanSquaredError",
        maxIter=10,
        network=None,
        normalize=None,
        optimizer="{adam: {learningRate: 0.001}}",
        orderCol=None,
        predictionCol="prediction",
        preprocess=None,
        schedule=None,
        seed=42,
        validationIndicatorCol=None,
        weightCol=None,
        workers=4,
    ):
        """Takes any of the params by name."""
        super().__init__()
        self._java_obj = self._new_java_obj("dev.convoy.ml.CnnRegressor", self.uid)
        self._setDefault(
            batchSize=32,
            checkpointInterval=100,
            featuresCol="features",
            labelCol="label",
            loss="meanSquaredError",
            maxIter=10,
            optimizer="{adam: {learningRate: 0.001}}",
            predictionCol="prediction",
            seed=42,
            workers=4,
        )
        self._set(**self._input_kwargs)

    @keyword_only
    def setParams(
        self,
        *,
        augment=None,
        averaging=None,
        averagingFrequency=None,
        batchSize=32,
        checkpointDir=None,
        checkpointInterval=100,
        earlyStopping=None,
        featuresCol="features",
        initialModel=None,
        inputShape=None,
        job=None,
        labelCol="label",
        loss="meanSquaredError",
        maxIter=10,
        network=None,
        normalize=None,
        optimizer="{adam: {learningRate: 0.001}}",
        orderCol=None,
        predictionCol="prediction",
        preprocess=None,
        schedule=None,
        seed=42,
        validationIndicatorCol=None,
        weightCol=None,
        workers=4,
    ):
        """Sets any of the params by name."""
        return self._set(**self._input_kwargs)

    def _create_model(self, java_model):
        return CnnRegressionModel(java_model)

    def getAugment(self):
        return self.getOrDefault(self.augment)

    def setAugment(self, value):
        return self._set(augment=value)

    def getAveraging(self):
        return self.getOrDefault(self.averaging)

    def setAveraging(self, value):
        return self._set(averaging=value)

    def getAveragingFrequency(self):
        return self.getOrDefault(self.averagingFrequency)

    def setAveragingFrequency(self, value):
        return self._set(averagingFrequency=value)

    def getBatchSize(self):
        return self.getOrDefault(self.batchSize)

    def setBatchSize(self, value):
        return self._set(batchSize=value)

    def getCheckpointDir(self):
        return self.getOrDefault(self.checkpointDir)

    def setCheckpointDir(self, value):
        return self._set(checkpointDir=value)

    def getCheckpointInterval(self):
        return self.getOrDefault(self.checkpointInterval)

    def setCheckpointInterval(self, value):
        return self._set(checkpointInterval=value)

    def getEarlyStopping(self):
        return self.getOrDefault(self.earlyStopping)

    def setEarlyStopping(self, value):
        return self._set(earlyStopping=value)

    def getFeaturesCol(self):
        return self.getOrDefault(self.featuresCol)

    def setFeaturesCol(self, value):
        return self._set(featuresCol=value)

    def getInitialModel(self):
        return self.getOrDefault(self.initialModel)

    def setInitialModel(self, value):
        return self._set(initialModel=value)

    def getInputShape(self):
        return self.getOrDefault(self.inputShape)

    def setInputShape(self, value):
        return self._set(inputShape=value)

    def getJob(self):
        return self.getOrDefault(self.job)

    def setJob(self, value):
        return self._set(job=value)

    def getLabelCol(self):
        return self.getOrDefault(self.labelCol)

    def setLabelCol(self, value):
        return self._set(labelCol=value)

    def getLoss(self):
        return self.getOrDefault(self.loss)

    def setLoss(self, value):
        return self._set(loss=value)

    def getMaxIter(self):
        return self.getOrDefault(self.maxIter)

    def setMaxIter(self, value):
        return self._set(maxIter=value)

    def getNetwork(self):
        return self.getOrDefault(self.network)

    def setNetwork(self, value):
        return self._set(network=value)

    def getNormalize(self):
        return self.getOrDefault(self.normalize)

    def setNormalize(self, value):
        return self._set(normalize=value)

    def getOptimizer(self):
        return self.getOrDefault(self.optimizer)

    def setOptimizer(self, value):
        return self._set(optimizer=value)

    def getOrderCol(self):
        return self.getOrDefault(self.orderCol)

    def setOrderCol(self, value):
        return self._set(orderCol=value)

    def getPredictionCol(self):
        return self.getOrDefault(self.predictionCol)

    def setPredictionCol(self, value):
        return self._set(predictionCol=value)

    def getPreprocess(self):
        return self.getOrDefault(self.preprocess)

    def setPreprocess(self, value):
        return self._set(preprocess=value)

    def getSchedule(self):
        return self.getOrDefault(self.schedule)

    def setSchedule(self, value):
        return self._set(schedule=value)

    def getSeed(self):
        return self.getOrDefault(self.seed)

    def setSeed(self, value):
        return self._set(seed=value)

    def getValidationIndicatorCol(self):
        return self.getOrDefault(self.validationIndicatorCol)

    def setValidationIndicatorCol(self, value):
        return self._set(validationIndicatorCol=value)

    def getWeightCol(self):
        return self.getOrDefault(self.weightCol)

    def setWeightCol(self, value):
        return self._set(weightCol=value)

    def getWorkers(self):
        return self.getOrDefault(self.workers)

    def setWorkers(self, value):
        return self._set(workers=value)


class CnnClassificationModel(JavaModel, JavaMLReadable, JavaMLWritable):
    """Stands for dev.convoy.ml.CnnClassificationModel, whose documentation holds here, too."""

    featuresCol = Param(
        Params._dummy(),
        "featuresCol",
        "features column name",
        typeConverter=TypeConverters.toString,
    )

    handleInvalid = Param(
        Params._dummy(),
        "handleInvalid",
        "what is done about rows whose pictures can't be read: error ends the job, skip leaves them out, keep gives them values that are no numbers",
        typeConverter=TypeConverters.toString,
    )

    inputShape = Param(
        Params._dummy(),
        "inputShape",
        "[channels, height, width] of pictures that are vectors, arrays or raw bytes",
        typeConverter=TypeConverters.toString,
    )

    labelCol = Param(
        Params._dummy(),
        "labelCol",
        "label column name",
        typeConverter=TypeConverters.toString,
    )

    predictionCol = Param(
        Params._dummy(),
        "predictionCol",
        "prediction column name",
        typeConverter=TypeConverters.toString,
    )

    probabilityCol = Param(
        Params._dummy(),
        "probabilityCol",
        "Column name for predicted class conditional probabilities. Note: Not all models output well-calibrated probability estimates! These probabilities should be treated as confidences, not precise probabilities",
        typeConverter=TypeConverters.toString,
    )

    rawPredictionCol = Param(
        Params._dummy(),
        "rawPredictionCol",
        "raw prediction (a.k.a. confidence) column name",
        typeConverter=TypeConverters.toString,
    )

    thresholds = Param(
        Params._dummy(),
        "thresholds",
        "Thresholds in multi-class classification to adjust the probability of predicting each class. Array must have length equal to the number of classes, with values > 0 excepting that at most one value may be 0. The class with largest value p/t is predicted, where p is the original probability of that class and t is the class's threshold",
        typeConverter=TypeConverters.toListFloat,
    )

    def __init__(self, java_model=None):
        """Stands for a stage in Java; PySpark sets one later where there is none yet."""
        super().__init__(java_model)
        self._setDefault(
            featuresCol="features",
            handleInvalid="error",
            labelCol="label",
            predictionCol="prediction",
            probabilityCol="probability",
            rawPredictionCol="rawPrediction",
        )
        if java_model is not None:
            self._transfer_params_from_java()

    @property
    def hasSummary(self):
        """What Java's hasSummary() returns."""
        return self._call_java("hasSummary")

    @property
    def labels(self):
        """What Java's labels() returns."""
        return self._call_java("labels")

    @property
    def numClasses(self):
        """What Java's numClasses() returns."""
        return self._call_java("numClasses")

    @property
    def numFeatures(self):
        """What Java's numFeatures() returns."""
        return self._call_java("numFeatures")

    @property
    def summary(self):
        """How the training went, of a model that was trained by this program."""
        return CnnTrainingSummary(self._call_java("summary"))

    def predict(self, value):
        """Returns what Java's predict does of one picture."""
        return self._call_java("predict", value)

    def predictProbability(self, value):
        """Returns what Java's predictProbability does of one picture."""
        return self._call_java("predictProbability", value)

    def predictRaw(self, value):
        """Returns what Java's predictRaw does of one picture."""
        return self._call_java("predictRaw", value)

    def getFeaturesCol(self):
        return self.getOrDefault(self.featuresCol)

    def setFeaturesCol(self, value):
        return self._set(featuresCol=value)

    def getHandleInvalid(self):
        return self.getOrDefault(self.handleInvalid)

    def setHandleInvalid(self, value):
        return self._set(handleInvalid=value)

    def getInputShape(self):
        return self.getOrDefault(self.inputShape)

    def setInputShape(self, value):
        return self._set(inputShape=value)

    def getLabelCol(self):
        return self.getOrDefault(self.labelCol)

    def setLabelCol(self, value):
        return self._set(labelCol=value)

    def getPredictionCol(self):
        return self.getOrDefault(self.predictionCol)

    def setPredictionCol(self, value):
        return self._set(predictionCol=value)

    def getProbabilityCol(self):
        return self.getOrDefault(self.probabilityCol)

    def setProbabilityCol(self, value):
        return self._set(probabilityCol=value)

    def getRawPredictionCol(self):
        return self.getOrDefault(self.rawPredictionCol)

    def setRawPredictionCol(self, value):
        return self._set(rawPredictionCol=value)

    def getThresholds(self):
        return self.getOrDefault(self.thresholds)

    def setThresholds(self, value):
        return self._set(thresholds=value)


class CnnFeaturizer(JavaTransformer, JavaMLReadable, JavaMLWritable):
    """Stands for dev.convoy.ml.CnnFeaturizer, whose documentation holds here, too."""

    handleInvalid = Param(
        Params._dummy(),
        "handleInvalid",
        "what is done about rows whose pictures can't be read: error ends the job, skip leaves them out, keep gives them values that are no numbers",
        typeConverter=TypeConverters.toString,
    )

    inputCol = Param(
        Params._dummy(),
        "inputCol",
        "column of pictures",
        typeConverter=TypeConverters.toString,
    )

    inputShape = Param(
        Params._dummy(),
        "inputShape",
        "[channels, height, width] of pictures that are vectors, arrays or raw bytes",
        typeConverter=TypeConverters.toString,
    )

    layer = Param(
        Params._dummy(),
        "layer",
        "name of the layer whose outputs are wanted; the last but one by default",
        typeConverter=TypeConverters.toString,
    )

    outputCol = Param(
        Params._dummy(),
        "outputCol",
        "column of vectors that is added",
        typeConverter=TypeConverters.toString,
    )

    def __init__(self, java_model=None):
        """Stands for a stage in Java; PySpark sets one later where there is none yet."""
        super().__init__(java_model)
        self._setDefault(
            handleInvalid="error",
            inputCol="image",
            outputCol="features",
        )
        if java_model is not None:
            self._resetUid(java_model.uid())
            self._transfer_params_from_java()

    @classmethod
    def of(cls, model):
        """Takes the network of a model."""
        java_class = SparkContext._active_spark_context._jvm.dev.convoy.ml.CnnFeaturizer
        return cls(java_class.of(model._java_obj.model()))

    def getHandleInvalid(self):
        return self.getOrDefault(self.handleInvalid)

    def setHandleInvalid(self, value):
        return self._set(handleInvalid=value)

    def getInputCol(self):
        return self.getOrDefault(self.inputCol)

    def setInputCol(self, value):
        return self._set(inputCol=value)

    def getInputShape(self):
        return self.getOrDefault(self.inputShape)

    def setInputShape(self, value):
        return self._set(inputShape=value)

    def getLayer(self):
        return self.getOrDefault(self.layer)

    def setLayer(self, value):
        return self._set(layer=value)

    def getOutputCol(self):
        return self.getOrDefault(self.outputCol)

    def setOutputCol(self, value):
        return self._set(outputCol=value)


class CnnRegressionModel(JavaModel, JavaMLReadable, JavaMLWritable):
    """Stands for dev.convoy.ml.CnnRegressionModel, whose documentation holds here, too."""

    featuresCol = Param(
        Params._dummy(),
        "featuresCol",
        "features column name",
        typeConverter=TypeConverters.toString,
    )

    handleInvalid = Param(
        Params._dummy(),
        "handleInvalid",
        "what is done about rows whose pictures can't be read: error ends the job, skip leaves them out, keep gives them values that are no numbers",
        typeConverter=TypeConverters.toString,
    )

    inputShape = Param(
        Params._dummy(),
        "inputShape",
        "[channels, height, width] of pictures that are vectors, arrays or raw bytes",
        typeConverter=TypeConverters.toString,
    )

    labelCol = Param(
        Params._dummy(),
        "labelCol",
        "label column name",
        typeConverter=TypeConverters.toString,
    )

    predictionCol = Param(
        Params._dummy(),
        "predictionCol",
        "prediction column name",
        typeConverter=TypeConverters.toString,
    )

    def __init__(self, java_model=None):
        """Stands for a stage in Java; PySpark sets one later where there is none yet."""
        super().__init__(java_model)
        self._setDefault(
            featuresCol="features",
            handleInvalid="error",
            labelCol="label",
            predictionCol="prediction",
        )
        if java_model is not None:
            self._transfer_params_from_java()

    @property
    def hasSummary(self):
        """What Java's hasSummary() returns."""
        return self._call_java("hasSummary")

    @property
    def numFeatures(self):
        """What Java's numFeatures() returns."""
        return self._call_java("numFeatures")

    @property
    def summary(self):
        """How the training went, of a model that was trained by this program."""
        return CnnTrainingSummary(self._call_java("summary"))

    def predict(self, value):
        """Returns what Java's predict does of one picture."""
        return self._call_java("predict", value)

    def getFeaturesCol(self):
        return self.getOrDefault(self.featuresCol)

    def setFeaturesCol(self, value):
        return self._set(featuresCol=value)

    def getHandleInvalid(self):
        return self.getOrDefault(self.handleInvalid)

    def setHandleInvalid(self, value):
        return self._set(handleInvalid=value)

    def getInputShape(self):
        return self.getOrDefault(self.inputShape)

    def setInputShape(self, value):
        return self._set(inputShape=value)

    def getLabelCol(self):
        return self.getOrDefault(self.labelCol)

    def setLabelCol(self, value):
        return self._set(labelCol=value)

    def getPredictionCol(self):
        return self.getOrDefault(self.predictionCol)

    def setPredictionCol(self, value):
        return self._set(predictionCol=value)


class CnnTrainingSummary(JavaWrapper):
    """How a training went. A model has it until it is saved."""

    @property
    def lossHistory(self):
        """What Java's lossHistory() returns."""
        return self._call_java("lossHistory")

    @property
    def totalIterations(self):
        """What Java's totalIterations() returns."""
        return self._call_java("totalIterations")

    @property
    def weightsSha256(self):
        """What Java's weightsSha256() returns."""
        return self._call_java("weightsSha256")
