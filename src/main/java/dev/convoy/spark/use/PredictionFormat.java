package dev.convoy.spark.use;

/** Says as what predictions are written. */
public enum PredictionFormat {
  /** An object a line, in UTF-8. */
  JSONL,
  /** Comma-separated values under a heading. */
  CSV,
  /** Files of Parquet. */
  PARQUET,
  /** Files of ORC. */
  ORC,
  /** A table of one of the session's catalogs. */
  TABLE
}
