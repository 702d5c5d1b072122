package dev.convoy.benchmark;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The most that a thread of this CPU computes: multiply-adds of registers alone, in chains enough
 * that none waits for another.
 */
final class Peak {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** Two units of four cycles' latency keep eight chains busy; more do no harm. */
  private static final int CHAINS = 12;

  private static final int LENGTH = 100_000;

  private Peak() {}

  /** Floating-point operations of one {@link #run}. */
  static long flops() {
    return 2L * CHAINS * LENGTH * SPECIES.length();
  }

  /** Its result is of no use, but keeps the compiler from dropping the work. */
  static float run(float factor) {
    FloatVector m = FloatVector.broadcast(SPECIES, factor);
    FloatVector a = m;
    FloatVector b = m.add(1);
    FloatVector c = m.add(2);
    FloatVector d = m.add(3);
    FloatVector e = m.add(4);
    FloatVector f = m.add(5);
    FloatVector g = m.add(6);
    FloatVector h = m.add(7);
    FloatVector i = m.add(8);
    FloatVector j = m.add(9);
    FloatVector k = m.add(10);
    FloatVector l = m.add(11);
    for (int step = 0; step < LENGTH; step++) {
      a = a.fma(m, m);
      b = b.fma(m, m);
      c = c.fma(m, m);
      d = d.fma(m, m);
      e = e.fma(m, m);
      f = f.fma(m, m);
      g = g.fma(m, m);
      h = h.fma(m, m);
      i = i.fma(m, m);
      j = j.fma(m, m);
      k = k.fma(m, m);
      l = l.fma(m, m);
    }
    FloatVector left = a.add(b).add(c).add(d).add(e).add(f);
    FloatVector right = g.add(h).add(i).add(j).add(k).add(l);
    return left.add(right).lane(0);
  }
}
