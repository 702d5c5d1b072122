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

/** So many convolutions show their gradients at once; of more, the reader chooses. */
const FEW = 4;

(() => {
  const most = Math.max(...it.layers.map(layer => layer.gradientNorm));
  [...it.layers].reverse().forEach(layer => {
    const bar = make('i');
    bar.style.width = `${most > 0 ? 100 * layer.gradientNorm / most : 0}%`;
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
    details.open = layer.kind === 'conv2d' && it.convolutions.length <= FEW;
    byId('gradient-list').append(details);
  });
  byId('gradient-list').append(make('p', {className: 'note'},
      'Bars and numbers tell the root of the sum of squares.'));
})();
