package dev.convoy.spark.block;

import dev.convoy.train.sampling.Sampler;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The executor at which each block of training images is at home: a worker's blocks are with one
 * executor, and workers are spread over executors by their cores, so that all cores have work in
 * every round. Of more cores than workers, each worker has several, and its blocks lie with them in
 * turn. No result depends on it.
 *
 * <p>Where executors go or come, as few blocks move as even shares allow.
 */
public final class BlockHomes {
  /** The share to which each partition belongs: a worker's blocks for one core. */
  private final int[] shares;

  /** The executor of each share; absent where there is none. */
  private final @Nullable LiveExecutor[] homes;

  private BlockHomes(int[] shares, @Nullable LiveExecutor[] homes) {
    this.shares = shares;
    this.homes = homes;
  }

  /** Homes with these executors for the blocks of a sampler, and of its later dealings. */
  public static BlockHomes of(Sampler sampler, List<LiveExecutor> executors) {
    int cores = executors.stream().mapToInt(LiveExecutor::cores).sum();
    int sharesOfWorker = Math.max(1, cores / sampler.workers());
    int[] shares = new int[sampler.partitions()];
    for (int worker = 0; worker < sampler.workers(); worker++) {
      for (int block = 0; block < sampler.blocks(worker); block++) {
        shares[sampler.partition(worker, block)] =
            worker + block % sharesOfWorker * sampler.workers();
      }
    }
    @Nullable LiveExecutor[] none = new @Nullable LiveExecutor[sampler.workers() * sharesOfWorker];
    return new BlockHomes(shares, none).with(executors);
  }

  /** Returns the homes once these are the executors. */
  public BlockHomes with(List<LiveExecutor> executors) {
    @Nullable LiveExecutor[] after = new @Nullable LiveExecutor[homes.length];
    if (!executors.isEmpty()) {
      List<LiveExecutor> room = room(executors);
      for (int share = 0; share < homes.length; share++) {
        after[share] = room.remove(homes[share]) ? homes[share] : null;
      }
      for (int share = 0; share < homes.length; share++) {
        after[share] = after[share] == null ? room.remove(0) : after[share];
      }
    }
    return new BlockHomes(shares, after);
  }

  /** Executors for all shares: each for one of its cores in turn, again and again. */
  private List<LiveExecutor> room(List<LiveExecutor> executors) {
    int most = executors.stream().mapToInt(LiveExecutor::cores).max().orElseThrow();
    List<LiveExecutor> cores = new ArrayList<>();
    for (int core = 0; core < most; core++) {
      for (LiveExecutor executor : executors) {
        if (core < executor.cores()) {
          cores.add(executor);
        }
      }
    }
    List<LiveExecutor> room = new LinkedList<>();
    for (int share = 0; share < homes.length; share++) {
      room.add(cores.get(share % cores.size()));
    }
    return room;
  }

  /** Returns the executor with which this block is at home; absent where there is none. */
  public @Nullable LiveExecutor of(int partition) {
    return homes[shares[partition]];
  }
}
