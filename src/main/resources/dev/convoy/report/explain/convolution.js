// One sum of a convolution, written out.
if (it.convolutions.length) (() => {
  const views = it.convolutions.map(view => ({...view,
    input: floatsOf(view.input), weight: floatsOf(view.weight),
    bias: floatsOf(view.bias), output: floatsOf(view.output)}));
  let view;
  let filter;
  let channel;
  let m;
  let n;
  let fields;

  /** The value and weight of a cell of the window in the filter's channel c. */
  const term = (c, j, k) => {
    const {sliding: s, stage: {inputs}} = view;
    const y = m * s.stride[0] - s.border[0] + j * s.dilation[0];
    const x = n * s.stride[1] - s.border[1] + k * s.dilation[1];
    const outside = y < 0 || x < 0 || y >= s.input[0] || x >= s.input[1];
    const plane = Math.floor(filter / view.groupFilters) * view.groupChannels + c;
    const value = outside ? 0
        : view.input[(plane * inputs.height + y - inputs.top) * inputs.width + x - inputs.left];
    const weight = view.weight[((filter * view.groupChannels + c) * s.kernel[0] + j) * s.kernel[1] + k];
    return {value, weight, outside, product: value * weight};
  };

  const output = () => {
    const {outputs} = view.stage;
    return view.output[(filter * outputs.height + m - outputs.top) * outputs.width + n - outputs.left];
  };

  const drawPlanes = () => {
    const {sliding: s, stage: {inputs, outputs}} = view;
    const reach = side => (s.kernel[side] - 1) * s.dilation[side] + 1;
    const top = outputs.top * s.stride[0] - s.border[0];
    const left = outputs.left * s.stride[1] - s.border[1];
    const rows = (outputs.height - 1) * s.stride[0] + reach(0);
    const columns = (outputs.width - 1) * s.stride[1] + reach(1);
    const plane = Math.floor(filter / view.groupFilters) * view.groupChannels + channel;
    const from = plane * inputs.height * inputs.width;
    const most = largest(view.input.subarray(from, from + inputs.height * inputs.width)) || 1;
    const paint = diverging();
    paintCells(fields.input, rows, columns, (row, column) => {
      const y = top + row - inputs.top;
      const x = left + column - inputs.left;
      const inside = y >= 0 && x >= 0 && y < inputs.height && x < inputs.width;
      return inside ? paint(view.input[from + y * inputs.width + x] / most) : null;
    }, [{top: m * s.stride[0] - s.border[0] - top, left: n * s.stride[1] - s.border[1] - left, height: reach(0), width: reach(1)}]);
    const size = outputs.height * outputs.width;
    const map = view.output.subarray(filter * size, (filter + 1) * size);
    const mapMost = largest(map) || 1;
    paintCells(fields.output, outputs.height, outputs.width,
        (row, column) => paint(map[row * outputs.width + column] / mapMost),
        [{top: m - outputs.top, left: n - outputs.left, height: 1, width: 1}]);
    byId('sum-input-caption').textContent = `Channel ${plane} of what goes into ${view.name}: ${s.input[0]}×${s.input[1]}, window ${s.kernel[0]}×${s.kernel[1]}, stride ${s.stride[0]}×${s.stride[1]}, padding ${s.border[0]} above and ${s.border[1]} to the left (hatched cells are its zeros).`;
    byId('sum-output-caption').textContent = `Map ${filter} of ${view.name}: ${s.output[0]}×${s.output[1]}. Picked: row ${m}, column ${n}.`;
  };

  const drawSum = () => {
    const [height, width] = view.sliding.kernel;
    const cells = Array.from({length: height * width}, (_, i) => term(channel, Math.floor(i / width), i % width));
    const table = (caption, of, outside) => {
      const most = largest(cells.map(of)) || 1;
      return scrolling(matrix(caption, height, width, (j, k) => {
        const cell = cells[j * width + k];
        return {text: shown(of(cell)), share: of(cell) / most, outside: outside && cell.outside};
      }), caption);
    };
    byId('sum-matrices').replaceChildren(
        table('Window', c => c.value, true), sign('×'),
        table('Filter', c => c.weight), sign('='),
        table('Products', c => c.product));

    const many = view.groupChannels > 1;
    const terms = byId('sum-terms');
    terms.replaceChildren(make('b', {}, many ? `Channel ${channel}: ` : 'Sum: '));
    cells.forEach((cell, i) =>
        terms.append(i ? ' + ' : '', make('span', {}, `${inBrackets(cell.value)}·${inBrackets(cell.weight)}`)));
    // As the engine adds: from the bias on, channel by channel, row by row, in float32.
    let sum = view.bias[filter];
    const partial = [];
    for (let c = 0; c < view.groupChannels; c++) {
      let ofChannel = 0;
      for (let j = 0; j < height; j++) {
        for (let k = 0; k < width; k++) {
          const {value, weight, product} = term(c, j, k);
          sum = Math.fround(value * weight + sum);
          ofChannel += product;
        }
      }
      partial.push(ofChannel);
    }
    terms.append(' = ', make('b', {}, shown(partial[channel])));
    if (many) {
      terms.append(make('br'), make('b', {}, 'All channels: '));
      partial.forEach((value, c) => terms.append(c ? ' + ' : '', make('span', {}, inBrackets(value))));
      terms.append(' = ', make('b', {}, shown(partial.reduce((a, b) => a + b, 0))));
    }
    const engine = output();
    const products = partial.reduce((a, b) => a + b, 0);
    const agrees = Math.abs(sum - engine) <= 1e-5 * (1 + Math.abs(engine));
    const result = byId('sum-result');
    result.dataset.sum = String(sum);
    result.dataset.engine = String(engine);
    result.replaceChildren(
        `${shown(products)} of products + ${inBrackets(view.bias[filter])} ${view.hasBias ? 'of bias' : '(there is no bias)'} = `,
        make('b', {}, shown(sum)),
        agrees ? ', and the engine’s value is ' : ', but the engine’s value is ', make('b', {}, engine.toPrecision(7).replace('-', '−')), '.');
  };

  const draw = () => {
    drawPlanes();
    drawSum();
  };

  const {to, toNumber, move, goOn} = walk(() => view.stage.outputs, (row, column) => {
    m = row;
    n = column;
    draw();
  });

  const useFilter = number => {
    filter = number;
    const {outputs} = view.stage;
    const size = outputs.height * outputs.width;
    const map = view.output.subarray(filter * size, (filter + 1) * size);
    const best = map.indexOf(map.reduce((a, b) => Math.max(a, b), -Infinity));
    toNumber(Math.max(0, best));
  };

  const use = number => {
    view = views[number];
    channel = 0;
    const {outputs} = view.stage;
    fields = {
      input: planeCanvas(byId('sum-input'), `What goes into ${view.name}, with the window. Arrow keys move it.`,
          (v, h) => {
            const s = view.sliding;
            const reach = side => (s.kernel[side] - 1) * s.dilation[side] + 1;
            const size = side => ((side ? outputs.width : outputs.height) - 1) * s.stride[side] + reach(side);
            const place = (share, side) => Math.round((share * size(side) - reach(side) / 2) / s.stride[side]);
            to(outputs.top + place(v, 0), outputs.left + place(h, 1));
          }, move),
      output: planeCanvas(byId('sum-output'), `A map of ${view.name}. Arrow keys move the picked pixel.`,
          (v, h) => to(outputs.top + Math.floor(v * outputs.height), outputs.left + Math.floor(h * outputs.width)), move),
    };
    const numbers = (count, name) => Array.from({length: count}, (_, i) => [i, `${name} ${i}`]);
    byId('sum-controls').replaceChildren(layerPicker,
        picker('Filter', numbers(view.filters, 'filter'), useFilter),
        picker('Channel', numbers(view.groupChannels, 'channel'), c => { channel = c; draw(); }));
    const caps = [];
    if (view.filters < view.allFilters) caps.push(`the first ${view.filters} of ${view.allFilters} filters`);
    if (outputs.height < view.sliding.output[0] || outputs.width < view.sliding.output[1]) {
      caps.push(`rows ${outputs.top} to ${outputs.top + outputs.height - 1} and columns ${outputs.left} to ${outputs.left + outputs.width - 1} of the maps`);
    }
    byId('sum-note').textContent = caps.length ? `To keep the page small, here are ${caps.join(', and ')} alone.` : '';
    useFilter(0);
  };

  const layerPicker = picker('Layer', views.map((v, i) => [i, v.name]), use);
  byId('sum-steps').append(...stepButtons(move, goOn));
  use(0);
  repaints.push(draw);
})();
