package dev.convoy.data;

import java.io.Serializable;

/**
 * A record of a data set that can't be used. Not a record of Java: the Kryo of Spark can't write
 * those.
 */
public final class BadRecord implements Serializable {
  private static final long serialVersionUID = 1;

  private final int position;
  private final String problem;

  /**
   * A bad record.
   *
   * @param position in its part of the data set, from 0
   * @param problem one line that names the record and says what is wrong
   */
  public BadRecord(int position, String problem) {
    this.position = position;
    this.problem = problem;
  }

  /** Its position in its part of the data set, from 0. */
  public int position() {
    return position;
  }

  /** One line that names the record and says what is wrong. */
  public String problem() {
    return problem;
  }
}
