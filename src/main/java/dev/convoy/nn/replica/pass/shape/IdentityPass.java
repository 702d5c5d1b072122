package dev.convoy.nn.replica.pass.shape;

import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.StepContext;
import org.jspecify.annotations.Nullable;

/**
 * Nothing to do: to flatten or to give another shape, since channels, rows and columns of a lane
 * block already lie one after the other; or because a neighbour does it.
 */
public final class IdentityPass extends LayerPass {
  @Override
  public boolean inPlace() {
    return true;
  }

  @Override
  public boolean isIdentity() {
    return true;
  }

  @Override
  public void forward(StepContext step, float[] x, float[] y) {}

  @Override
  public void backward(StepContext step, float[] x, float[] y, float[] dy, float @Nullable [] dx) {}
}
