package dev.convoy.ml;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import java.util.List;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Trains a convolutional network that tells classes of pictures, over K workers, as {@code convoy
 * train} does.
 *
 * <pre>{@code
 * CnnClassificationModel model =
 *     new CnnClassifier()
 *         .setFeaturesCol("content")
 *         .setNetwork("{input: [1, 28, 28], layers: [flatten, {dense: {units: 10}}]}")
 *         .fit(pictures);
 * }</pre>
 *
 * <p>The column of features holds encoded pictures (binary), Spark's image structure, or, with
 * {@code inputShape}, vectors, arrays or bytes of pixels from 0 to 255. That of labels holds class
 * numbers; {@code StringIndexer} makes them of names, which the model then has, too. The result
 * depends on the rows and on the params alone: not on the order of the rows, unless there is an
 * {@code orderCol}, nor on partitions, executors or cores.
 */
@PublicApi
public final class CnnClassifier
    extends ProbabilisticClassifier<Object, CnnClassifier, CnnClassificationModel>
    implements TrainingParams<CnnClassifier>, DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final NetworkParams trainingParams;

  /** Creates an estimator that needs a network, or a job. */
  public CnnClassifier() {
    this(Uid.random("cnnClassifier"));
  }

  /** Creates one of this unique name. */
  public CnnClassifier(String uid) {
    this(Uid.parked(uid));
  }

  private CnnClassifier(Uid parked) {
    uid = parked.taken();
    trainingParams = new NetworkParams(this);
    Defaults.set(this);
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
  public CnnClassifier self() {
    return this;
  }

  /**
   * Trains a model.
   *
   * @throws IllegalArgumentException if the dataset or the params are not what they should be
   */
  @Override
  public CnnClassificationModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    return copyValues(train(dataset).setParent(this), new ParamMap());
  }

  @Internal
  @Override
  public CnnClassificationModel train(Dataset<?> dataset) {
    Fit.Fitted fitted =
        new Fit(
                this,
                getFeaturesCol(),
                getLabelCol(),
                false,
                classes(dataset.schema()),
                isDefined(thresholds()) ? getThresholds() : null)
            .on(dataset);
    return new CnnClassificationModel(uid, fitted.model(), CnnTrainingSummary.of(fitted.result()));
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
              + " must be of class numbers, which StringIndexer makes of names, but is of "
              + label.dataType().catalogString());
    }
    Fit.checkSchema(this, schema);
    return new OutputColumns(getRawPredictionCol(), getProbabilityCol(), getPredictionCol())
        .appendedTo(uid, schema, classes(schema));
  }

  /** Returns the names that the column of labels gives classes; absent if it gives none. */
  private @Nullable List<String> classes(StructType schema) {
    StructField label = Columns.field(uid, schema, getLabelCol());
    Attribute attribute = Attribute.fromStructField(label);
    return attribute instanceof NominalAttribute nominal && nominal.values().isDefined()
        ? List.of(nominal.values().get())
        : null;
  }

  @Override
  public CnnClassifier copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Returns what reads an estimator that was saved. */
  public static MLReader<CnnClassifier> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads an estimator that was saved. */
  public static CnnClassifier load(String path) {
    return read().load(path);
  }
}
