package dev.convoy.run;

import dev.convoy.api.PublicApi;

/** What becomes of a run that an output folder holds. */
@PublicApi
public enum OutputUse {
  /** The folder must hold none. */
  NEW,

  /** The run is replaced. */
  OVERWRITE,

  /** The run goes on from its newest checkpoint, or from the start if it has none. */
  RESUME
}
