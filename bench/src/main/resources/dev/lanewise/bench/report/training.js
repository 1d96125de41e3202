'use strict';
/* Fills the page of a training run. */
(() => {
  const {data, find, make, table, draw} = page;
  const {base, axis, below, digits} = charts;

  /** Cells that have room for their counts. */
  const CELL = 26;

  const percent = share => `${(100 * share).toFixed(2)} %`;

  /** A curve over the epochs; values of null are left out. */
  function curve(look, name, own, value, text) {
    const color = look.own[own];
    return {
      type: 'line', name, symbol: own === 'lanewise' ? 'circle' : 'triangle', symbolSize: 6,
      showSymbol: data.epochs.length <= 60, itemStyle: {color}, lineStyle: {color, width: 2.5},
      data: data.epochs.filter(epoch => value(epoch) !== null).map(epoch => ({
        value: [epoch.number, value(epoch)], note: `epoch ${epoch.number}, ${name}: ${text(value(epoch))}`,
      })),
    };
  }

  function curves(look, width, names, y, series) {
    const option = base(look, width, null, names.length > 1 ? names : null);
    option.legend.top = 2;
    option.xAxis = axis(look, 'epoch', {
      type: 'value', min: Math.min(1, data.epochs.length - 1), max: data.epochs.length, minInterval: 1, ...below(28),
    });
    option.yAxis = axis(look, '', {type: 'value', ...y});
    option.series = series;
    return option;
  }

  function learning() {
    const validated = data.epochs.some(epoch => epoch.validationLoss !== null);
    const names = validated ? ['training', 'validation'] : ['training'];
    draw('curves', 'Loss', 'cross-entropy, the lower the better', 320, (look, width) => curves(
      look, width, names, {min: 0, axisLabel: {formatter: digits}}, [
        curve(look, 'training', 'lanewise', epoch => epoch.loss, digits),
        ...(validated ? [curve(look, 'validation', 'autovec', epoch => epoch.validationLoss, digits)] : []),
      ]));
    if (validated) {
      draw('curves', 'Accuracy', 'of the samples of validation', 320, (look, width) => curves(
        look, width, ['validation'], {scale: true, axisLabel: {formatter: value => `${digits(100 * value)} %`}},
        [curve(look, 'validation', 'autovec', epoch => epoch.validationAccuracy, percent)]));
    }
    draw('curves', 'Learning rate', 'times --lr, at the end of the epoch', 320, (look, width) => curves(
      look, width, ['learning rate'], {min: 0, axisLabel: {formatter: digits}},
      [curve(look, 'learning rate', 'scalar', epoch => epoch.rateFactor, digits)]));
    find('#reading').textContent = validated
      ? 'Both losses should fall. Where that of validation rises again while that of training falls, the network learns '
        + 'its samples by heart: --patience, --dropout or more samples help. Both flat and high: a larger --lr, more '
        + 'units or more epochs.'
      : 'The loss should fall. How the network does on samples that it has not seen shows --validation 0.2.';
  }

  function heat(look, width) {
    const {classes, counts} = data.confusion;
    const longest = 7 * Math.max(...classes.map(name => name.length));
    const left = Math.min(24 + longest + 14, width * 0.35);
    const room = (width - left - 16) / classes.length;
    const sums = counts.map(row => row.reduce((sum, count) => sum + count, 0));
    const cells = counts.flatMap((row, actual) => row.map((count, predicted) => ({
      value: [predicted, actual, sums[actual] ? count / sums[actual] : 0],
      count, diagonal: actual === predicted,
      note: `${count} of ${sums[actual]} samples of ${classes[actual]} were taken for ${classes[predicted]}`,
    })));
    const worst = Math.max(...cells.filter(cell => !cell.diagonal).map(cell => cell.value[2]), 1e-9);
    const option = base(look, width, null, null);
    const rotate = longest + 6 > room ? 60 : 0;
    option.grid = {left, right: 16, top: 12, bottom: rotate ? Math.min(longest, 140) + 40 : 46};
    const names = more => ({type: 'category', data: classes, splitLine: {show: false}, ...more});
    option.xAxis = axis(look, 'taken for', names({...below(rotate ? Math.min(longest, 140) + 18 : 28), axisLabel: {rotate}}));
    option.yAxis = axis(look, 'class', names({inverse: true, ...below(left - 14),
      axisLabel: {width: left - 30, overflow: 'truncate'}}));
    const colours = (index, most, color) => ({
      show: false, type: 'continuous', seriesIndex: index, dimension: 2, min: 0, max: most,
      inRange: {color: [look.paper, color]},
    });
    option.visualMap = [colours(0, 1, look.own.lanewise), colours(1, worst, look.bad)];
    const cellsOf = (name, some, most) => ({
      type: 'heatmap', name,
      label: {show: room >= CELL, formatter: cell => cell.data.count || '', fontSize: 12},
      itemStyle: {borderColor: look.line, borderWidth: 1},
      data: some.map(cell => ({...cell, label: {color: cell.value[2] > most / 2 ? look.paper : look.ink}})),
    });
    option.series = [
      cellsOf('right', cells.filter(cell => cell.diagonal), 1),
      cellsOf('wrong', cells.filter(cell => !cell.diagonal), worst),
    ];
    return option;
  }

  function confusion() {
    const number = data.confusion.classes.length;
    draw('confusion', 'Confusion matrix', 'samples of validation', Math.max(300, Math.min(34 * number + 80, 1000)), heat);
  }

  page.show(() => {
    page.facts();
    learning();
    if (data.confusion) {
      confusion();
    }
    if (data.classes) {
      find('#classes .tables').append(table(data.classes));
    }
    find('#classes').toggleAttribute('hidden', !data.classes);
    find('#epochs .tables').append(
      make('details', {}, make('summary', {}, data.epochTable.title), table(data.epochTable)));
  });
})();
