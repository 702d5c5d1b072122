package dev.convoy.kernel.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.convoy.kernel.lane.Workspace.Area;
import org.junit.jupiter.api.Test;

class WorkspaceTest {
  private final Workspace workspace = new Workspace();

  @Test
  void anAreaIsAsLargeAsTheMostThatWasReserved() {
    workspace.reserve(Area.CELLS, 5);
    workspace.reserve(Area.CELLS, 3);
    assertEquals(Scratch.START + 5, workspace.of(Area.CELLS).length);
    assertEquals(Scratch.START, workspace.of(Area.SUMS).length);
  }

  @Test
  void areasDifferAndStayUntilMoreIsReserved() {
    workspace.reserve(Area.CELLS, 5);
    workspace.reserve(Area.SUMS, 5);
    float[] cells = workspace.of(Area.CELLS);
    assertNotSame(cells, workspace.of(Area.SUMS));
    workspace.reserve(Area.CELLS, 4);
    assertSame(cells, workspace.of(Area.CELLS));
    workspace.reserve(Area.CELLS, 6);
    assertEquals(Scratch.START + 6, workspace.of(Area.CELLS).length);
  }
}
