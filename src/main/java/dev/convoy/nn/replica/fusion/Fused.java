package dev.convoy.nn.replica.fusion;

import dev.convoy.nn.replica.step.PassMaker;
import java.util.List;

/**
 * A node with the neighbours whose work it does, too.
 *
 * @param absorbed the numbers of those neighbours: where they stand, nothing is left to do
 * @param pass what makes the pass of all of them, in the place of the node
 */
record Fused(List<Integer> absorbed, PassMaker pass) {}
