// Filters, maps, and the gradients that come back.
[...byId('layer-list').children].forEach((item, i) => {
  const layer = it.layers[i];
  const holder = kind => item.querySelector(`[data-maps="${kind}"]`);
  if (layer.filters) {
    holder('filters').classList.add('small');
    paintSheet(holder('filters'), layer.filters, 'Filters, their first channel', 'filter');
  }
  const image = layer.values.all > 1 || layer.output.split(',').length === 3;
  paintSheet(holder('values'), layer.values, image ? 'Maps' : 'Values', image ? 'map' : '');
});

(() => {
  const most = Math.max(...it.layers.map(layer => layer.gradientNorm));
  // Gradients differ by powers of ten: a bar is as long as its power, six of them in all.
  const length = norm => most > 0 && norm > 0 ? clamp(1 + Math.log10(norm / most) / 6, 0.01, 1) : 0;
  [...it.layers].reverse().forEach(layer => {
    const bar = make('i');
    bar.style.width = `${100 * length(layer.gradientNorm)}%`;
    const maps = make('div', {className: 'maps'});
    const details = make('details', {},
        make('summary', {},
            make('span', {className: 'name'}, layer.name),
            make('span', {className: 'bar'}, bar),
            make('span', {className: 'amount'}, layer.gradientText)),
        maps);
    details.addEventListener('toggle', () =>
        paintSheet(maps, layer.gradients, `Gradient of the loss by the output ${layer.output} of ${layer.name}`,
            layer.gradients.all > 1 ? 'map' : ''), {once: true});
    byId('gradient-list').append(details);
  });
  byId('gradient-list').append(make('p', {className: 'note'},
      'A bar tells the root of the sum of squares, on a scale of powers of ten: a sixth of the width is a factor of ten.'));
})();
