// Pooling: a window, its winner or its mean, and the gradient's way back.
if (it.pools.length) (() => {
  const views = it.pools.map(view => ({...view,
    input: floatsOf(view.input), output: floatsOf(view.output), cells: floatsOf(view.cells),
    outputGradient: floatsOf(view.outputGradient), inputGradient: floatsOf(view.inputGradient)}));
  let view;
  let channel;
  let m;
  let n;
  let fields;

  const outputAt = (c, row, column) => {
    const {outputs} = view.stage;
    return (c * outputs.height + row - outputs.top) * outputs.width + column - outputs.left;
  };

  /** Where a cell of window (row, column) lies. */
  const place = (row, column, cell) => {
    const s = view.sliding;
    return {
      y: row * s.stride[0] - s.border[0] + Math.floor(cell / s.kernel[1]) * s.dilation[0],
      x: column * s.stride[1] - s.border[1] + cell % s.kernel[1] * s.dilation[1],
    };
  };

  const drawPlanes = () => {
    const {sliding: s, stage: {inputs, outputs}} = view;
    const size = inputs.height * inputs.width;
    const paint = diverging();
    const plane = view.input.subarray(channel * size, (channel + 1) * size);
    const most = largest(plane) || 1;
    const dots = [];
    if (view.max) {
      for (let row = outputs.top; row < outputs.top + outputs.height; row++) {
        for (let column = outputs.left; column < outputs.left + outputs.width; column++) {
          const {y, x} = place(row, column, view.cells[outputAt(channel, row, column)]);
          dots.push({row: y - inputs.top, column: x - inputs.left});
        }
      }
    }
    const reach = side => (s.kernel[side] - 1) * s.dilation[side] + 1;
    const start = place(m, n, 0);
    paintCells(fields.input, inputs.height, inputs.width,
        (row, column) => paint(plane[row * inputs.width + column] / most),
        [{top: start.y - inputs.top, left: start.x - inputs.left, height: reach(0), width: reach(1)}], dots);
    const map = view.output.subarray(channel * outputs.height * outputs.width, (channel + 1) * outputs.height * outputs.width);
    const mapMost = largest(map) || 1;
    paintCells(fields.output, outputs.height, outputs.width,
        (row, column) => paint(map[row * outputs.width + column] / mapMost),
        [{top: m - outputs.top, left: n - outputs.left, height: 1, width: 1}]);
    byId('pool-input-caption').textContent = `Map ${channel} of what goes into ${view.name}${view.max ? '; dots are the mask: the largest value of each window' : ''}.`;
    byId('pool-output-caption').textContent = `What comes out: ${s.output[0]}×${s.output[1]}. Picked: row ${m}, column ${n}.`;
  };

  const drawWindow = () => {
    const {sliding: s, stage: {inputs}} = view;
    const [height, width] = s.kernel;
    const at = outputAt(channel, m, n);
    const winner = view.max ? view.cells[at] : -1;
    const cells = Array.from({length: height * width}, (_, i) => {
      const {y, x} = place(m, n, i);
      const outside = y < 0 || x < 0 || y >= s.input[0] || x >= s.input[1];
      const index = (channel * inputs.height + y - inputs.top) * inputs.width + x - inputs.left;
      return outside ? {outside, value: 0, gradient: 0}
          : {value: view.input[index], gradient: view.inputGradient[index]};
    });
    const table = (caption, of) => {
      const most = largest(cells.map(of)) || 1;
      return scrolling(matrix(caption, height, width, (j, k) => {
        const cell = cells[j * width + k];
        return {text: cell.outside ? '' : shown(of(cell)), share: of(cell) / most, outside: cell.outside, picked: j * width + k === winner};
      }), caption);
    };
    const single = (caption, value) => scrolling(matrix(caption, 1, 1, () => ({text: shown(value), share: Math.sign(value)})), caption);
    byId('pool-matrices').replaceChildren(
        table('Window', c => c.value), sign('→'),
        single(view.max ? 'Largest' : 'Mean', view.output[at]),
        single('Gradient that arrives', view.outputGradient[at]), sign('→'),
        table('Gradient of the cells', c => c.gradient));
    const overlaps = s.stride[0] < height || s.stride[1] < width;
    const tail = overlaps ? ' Windows overlap: a cell sums what all of its windows send back.' : '';
    const result = byId('pool-result');
    if (view.max) {
      result.textContent = `The largest value, ${shown(view.output[at])}, is in row ${Math.floor(winner / width)}, column ${winner % width} of the window: that cell gets the gradient ${shown(view.outputGradient[at])}, the others 0.${tail}`;
    } else {
      const sum = cells.reduce((total, cell) => total + cell.value, 0);
      const {outputs} = view.stage;
      const scale = view.cells[(m - outputs.top) * outputs.width + n - outputs.left];
      result.textContent = `The cells’ sum ${shown(sum)} times ${shown(scale)} is the mean ${shown(view.output[at])}; each cell gets ${shown(scale)} of the gradient ${shown(view.outputGradient[at])}, that is ${shown(scale * view.outputGradient[at])}.${tail}`;
    }
  };

  const draw = () => {
    drawPlanes();
    drawWindow();
  };
  const {to, toNumber, move, goOn} = walk(() => view.stage.outputs, (row, column) => {
    m = row;
    n = column;
    draw();
  });

  /** Shows a map, from where most comes back. */
  const useMap = number => {
    channel = number;
    const {outputs} = view.stage;
    const size = outputs.height * outputs.width;
    const gradients = view.outputGradient.subarray(channel * size, (channel + 1) * size).map(Math.abs);
    toNumber(gradients.indexOf(largest(gradients)));
  };
  const use = number => {
    view = views[number];
    const {sliding: s, stage: {inputs, outputs}} = view;
    fields = {
      input: planeCanvas(byId('pool-input'), `What goes into ${view.name}, with the window. Arrow keys move it.`,
          (v, h) => to(Math.floor((inputs.top + v * inputs.height + s.border[0]) / s.stride[0]),
              Math.floor((inputs.left + h * inputs.width + s.border[1]) / s.stride[1])), move),
      output: planeCanvas(byId('pool-output'), `What comes out of ${view.name}. Arrow keys move the picked pixel.`,
          (v, h) => to(outputs.top + Math.floor(v * outputs.height), outputs.left + Math.floor(h * outputs.width)), move),
    };
    byId('pool-controls').replaceChildren(layerPicker,
        picker('Map', Array.from({length: view.channels}, (_, c) => [c, `map ${c}`]), useMap));
    const caps = [];
    if (view.channels < view.allChannels) caps.push(`the first ${view.channels} of ${view.allChannels} maps`);
    if (outputs.height < s.output[0] || outputs.width < s.output[1]) caps.push('a part of each map');
    byId('pool-note').textContent = caps.length ? `To keep the page small, here are ${caps.join(', and ')} alone.` : '';
    useMap(0);
  };
  const layerPicker = picker('Layer', views.map((v, i) => [i, v.name]), use);
  byId('pool-steps').append(...stepButtons(move, goOn));
  use(0);
  repaints.push(draw);
})();
