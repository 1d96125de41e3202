'use strict';
/* Draws charts into strings, which the page then holds for whoever reads its document. */
(() => {
  const WIDTH = 860;
  const data = JSON.parse(document.getElementById('data').textContent);

  function svg(dark, height, option) {
    const chart = echarts.init(null, null, {renderer: 'svg', ssr: true, width: WIDTH, height});
    chart.setOption(option(charts.look(dark, data.implementations)));
    const text = chart.renderToSVGString();
    chart.dispose();
    return text
      .replace(/ ecmeta_\w+="[^"]*"/g, '') // For scripts, of which there are none.
      .replace(/ (?:d|points|transform|x|y)="[^"]*"/g, places => places.replace(/(\.\d)\d+/g, '$1'));
  }

  const picture = (name, title, height, option) => ({
    name, title,
    light: svg(false, height, option),
    dark: svg(true, height, option),
  });

  const pictures = [];
  const gemm = data.speeds.find(chart => chart.title.startsWith('gemm'));
  if (gemm) {
    pictures.push(picture('gemm', `Speed of ${gemm.title} in ${gemm.unit}`, 440,
      look => charts.speeds(look, gemm, WIDTH, `${gemm.title}, ${gemm.unit}`)));
  }
  if (data.fewSpeedUps.rows.length) {
    pictures.push(picture('speed-up', 'Speed-up of lanewise against other implementations',
      data.fewSpeedUps.rows.length * 38 + 130,
      look => charts.speedUps(look, data.fewSpeedUps, WIDTH, 'Speed-up of lanewise')));
  }
  data.rooflines.slice(0, 1).forEach(chart => pictures.push(picture('roofline', 'Roofline', 520,
    look => charts.roofline(look, chart, WIDTH, `Roofline, threads: ${chart.threads}`))));
  if (data.warmups.length) {
    pictures.push(picture('warm-up', 'Warm-up: time per call over the time since the first call', 420,
      look => charts.warmup(look, data.warmups, WIDTH, 'Warm-up')));
  }
  const pre = document.createElement('pre');
  pre.id = 'pictures';
  pre.textContent = encodeURIComponent(JSON.stringify(pictures));
  document.body.append(pre);
})();
