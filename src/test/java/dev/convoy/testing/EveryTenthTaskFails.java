package dev.convoy.testing;

import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.util.TaskCompletionListener;

/**
 * A plugin of Spark ({@code spark.plugins}): of the tasks that are started, every tenth fails after
 * it has done its work, unless it is an attempt at what has failed before.
 */
public final class EveryTenthTaskFails implements SparkPlugin {
  private static final int EVERY = 10;

  @Override
  public DriverPlugin driverPlugin() {
    return null;
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorPlugin() {
      @Override
      public void init(PluginContext context, Map<String, String> extra) {}

      @Override
      public void onTaskStart() {
        TaskContext task = TaskContext.get();
        if (task.taskAttemptId() % EVERY == EVERY - 1 && task.attemptNumber() == 0) {
          TaskCompletionListener fail =
              context -> {
                throw new IllegalStateException("every tenth task fails");
              };
          task.addTaskCompletionListener(fail);
        }
      }
    };
  }
}
