package dev.convoy.ml;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.Regressor;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a convolutional network that tells a number of each picture, such as an age, over K
 * workers. The network ends in one output; the loss is the mean squared error, unless it is set.
 * All else is as of {@link CnnClassifier}.
 */
@PublicApi
public final class CnnRegressor extends Regressor<Object, CnnRegressor, CnnRegressionModel>
    implements TrainingParams<CnnRegressor>, DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final NetworkParams trainingParams;

  /** Creates an estimator that needs a network, or a job. */
  public CnnRegressor() {
    this(Uid.random("cnnRegressor"));
  }

  /** Creates one of this unique name. */
  public CnnRegressor(String uid) {
    this(Uid.parked(uid));
  }

  private CnnRegressor(Uid parked) {
    uid = parked.taken();
    trainingParams = new NetworkParams(this);
    Defaults.set(this);
    setDefault(trainingParams.loss, "meanSquaredError");
  }

  @Override
  public String uid() {
    return Uid.of(uid);
  }

  @Internal
  @Override
  public NetworkParams trainingParams() {
    return trainingParams;
  }

  @Internal
  @Override
  public CnnRegressor self() {
    return this;
  }

  /**
   * Trains a model.
   *
   * @throws IllegalArgumentException if the dataset or the params are not what they should be
   */
  @Override
  public CnnRegressionModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    return copyValues(train(dataset).setParent(this), new ParamMap());
  }

  @Internal
  @Override
  public CnnRegressionModel train(Dataset<?> dataset) {
    Fit.Fitted fitted =
        new Fit(this, getFeaturesCol(), getLabelCol(), true, null, null).on(dataset);
    return new CnnRegressionModel(uid, fitted.model(), CnnTrainingSummary.of(fitted.result()));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.pictures(uid, schema, getFeaturesCol(), Shapes.parse(this));
    StructField label = Columns.field(uid, schema, getLabelCol());
    if (!(label.dataType() instanceof NumericType)) {
      throw new IllegalArgumentException(
          uid
              + ": column "
              + label.name()
              + " must be of numbers, but is of "
              + label.dataType().catalogString());
    }
    Fit.checkSchema(this, schema);
    return OutputColumns.append(uid, schema, getPredictionCol(), DataTypes.DoubleType);
  }

  @Override
  public CnnRegressor copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Returns what reads an estimator that was saved. */
  public static MLReader<CnnRegressor> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads an estimator that was saved. */
  public static CnnRegressor load(String path) {
    return read().load(path);
  }
}
