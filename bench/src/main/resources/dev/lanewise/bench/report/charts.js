'use strict';
/* Options of ECharts from what Charts.java has computed; shared by the pages and the SVG files. */
const charts = (() => {
  const LOOKS = {
    light: {
      paper: '#f6f8fa', ink: '#1c2128', faint: '#57606a', line: '#d9dee4', roof: '#1c2128', bad: '#b3261e',
      shade: 'rgba(179, 38, 30, 0.07)', pale: '#c3ccd6',
      own: {
        lanewise: '#0b5cad', lanewisePacked: '#4c9be8', separate: '#6e4b1f', naive: '#868d96', autovec: '#d98a00',
        scalar: '#00866b',
      },
      peers: ['#c2410c', '#b0479a', '#6b4fbb', '#8c6d1f', '#a3123f', '#3b7f9e', '#5c5c00'],
    },
    dark: {
      paper: '#171e26', ink: '#e6edf3', faint: '#9aa7b4', line: '#313b46', roof: '#e6edf3', bad: '#ff8a80',
      shade: 'rgba(255, 138, 128, 0.09)', pale: '#3b4957',
      own: {
        lanewise: '#6cb6ff', lanewisePacked: '#b5d9ff', separate: '#d0a878', naive: '#98a1ab', autovec: '#f0b13c',
        scalar: '#3ecfa5',
      },
      peers: ['#ff8a5c', '#e58fd0', '#b39dff', '#d9b95b', '#ff7f9c', '#79c7e3', '#c9c95a'],
    },
  };
  const OWN_SYMBOLS = {
    lanewise: 'circle', lanewisePacked: 'roundRect', separate: 'arrow', naive: 'rect', autovec: 'triangle',
    scalar: 'diamond',
  };
  const PEER_SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'roundRect', 'arrow', 'pin'];
  const DASHES = ['solid', [7, 4], [2, 3], [9, 3, 2, 3]];

  const serial = name => name.replace(/Parallel$/, '');

  /** The colours of a theme, and how each implementation looks: the same in every chart. */
  function look(dark, implementations) {
    const colours = dark ? LOOKS.dark : LOOKS.light;
    const peers = [...new Set(implementations.filter(i => i.peer).map(i => serial(i.name)))];
    const styles = new Map(implementations.map(({name, peer, parallel}) => {
      const at = peers.indexOf(serial(name));
      const lanewise = serial(name) === 'lanewise';
      return [name, {
        color: peer ? colours.peers[at % colours.peers.length] : colours.own[serial(name)],
        symbol: peer ? PEER_SYMBOLS[at % PEER_SYMBOLS.length] : OWN_SYMBOLS[serial(name)],
        hollow: peer,
        size: lanewise ? 10 : 8,
        width: lanewise ? 3.5 : 1.6,
        dash: parallel ? [6, 4] : 'solid',
        z: lanewise ? 6 : 4,
      }];
    }));
    return {...colours, style: name => styles.get(name)};
  }

  const digits = value => value >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
  const duration = micros => micros >= 1e6 ? `${digits(micros / 1e6)} s`
    : micros >= 1e3 ? `${digits(micros / 1e3)} ms` : `${digits(micros)} µs`;
  const dash = index => DASHES[index % DASHES.length];
  const ends = point => [point.y.low ?? point.y.median, point.y.high ?? point.y.median];

  function base(look, width, title, names) {
    const rows = names ? Math.ceil(names.join('').length * 8 / width + names.length * 40 / width) : 0;
    return {
      animation: false,
      backgroundColor: title ? look.paper : 'transparent',
      textStyle: {fontFamily: 'sans-serif', color: look.ink},
      title: title ? {text: title, left: 12, top: 8, textStyle: {fontSize: 15, color: look.ink}} : undefined,
      legend: {
        show: Boolean(names), data: names ?? undefined, left: 8, right: 8, top: 32, itemGap: 14,
        itemWidth: 12, itemHeight: 12, textStyle: {color: look.ink},
      },
      grid: {left: 52, right: 16, top: 30 + (title ? 26 : 0) + 24 * rows, bottom: 44},
      tooltip: {
        trigger: 'item', confine: true, backgroundColor: look.paper, borderColor: look.line,
        textStyle: {color: look.ink, fontSize: 12},
        extraCssText: 'max-width: 22rem; white-space: normal',
        formatter: mark => echarts.format.encodeHTML(mark.data.note ?? mark.seriesName),
      },
    };
  }

  function axis(look, name, more) {
    return {
      name, nameTextStyle: {color: look.faint}, nameGap: 10,
      axisLine: {show: true, onZero: false, lineStyle: {color: look.faint}},
      axisTick: {lineStyle: {color: look.faint}},
      axisLabel: {color: look.faint, hideOverlap: true, ...more.axisLabel},
      splitLine: {lineStyle: {color: look.line}},
      ...Object.fromEntries(Object.entries(more).filter(([key]) => key !== 'axisLabel')),
    };
  }

  /** A logarithmic axis over powers of two, of which as many are named as there is room for. */
  function octaves(look, name, [low, high], pixels, more) {
    const apart = Math.max(1, Math.ceil((high - low) * 44 / pixels));
    return axis(look, name, {
      type: 'value', min: low, max: high, interval: apart, ...more,
      axisLabel: {formatter: power => power < 0 ? `1/${2 ** -power}` : String(2 ** power)},
    });
  }

  const octave = (values, low = Infinity, high = -Infinity) => [
    Math.floor(Math.min(low, ...values.map(Math.log2))), Math.ceil(Math.max(high, ...values.map(Math.log2)))];
  const below = gap => ({nameLocation: 'middle', nameGap: gap});

  /** An I from low to high; upright, or lying and shifted by some pixels. */
  function interval(name, style, data, lying, shift = 0) {
    const cap = 3.5;
    return {
      type: 'custom', name, data, silent: true, z: style.z, itemStyle: {color: style.color},
      encode: lying ? {x: [0, 1], y: 2} : {x: 0, y: [1, 2]},
      renderItem: (params, api) => {
        const point = i => lying
          ? api.coord([api.value(i), api.value(2)])
          : api.coord([api.value(0), api.value(i + 1)]);
        const [x0, y0] = point(0);
        const [x1, y1] = point(1);
        const d = lying
          ? `M${x0} ${y0 + shift - cap}v${2 * cap}M${x0} ${y0 + shift}H${x1}M${x1} ${y1 + shift - cap}v${2 * cap}`
          : `M${x0 - cap} ${y0}h${2 * cap}M${x0} ${y0}V${y1}M${x1 - cap} ${y1}h${2 * cap}`;
        return {
          type: 'path', shape: {pathData: d}, silent: true,
          style: {stroke: api.visual('color'), lineWidth: 1.4, fill: 'none'},
        };
      },
    };
  }

  /** A line across the bands of the categories, level within each. */
  function roof(look, {name, values}, index, across) {
    return {
      type: 'custom', name, silent: true, z: 3, itemStyle: {color: look.roof},
      data: values.map((value, i) => [i, value]), encode: {x: across ? [] : 0, y: 1},
      renderItem: ({coordSys, dataIndex}, api) => {
        if (api.value(1) == null || Number.isNaN(api.value(1))) return null;
        const [x, y] = api.coord([across ? 0 : dataIndex, api.value(1)]);
        const half = api.size([1, 0])[0] / 2;
        const [from, to] = across ? [coordSys.x, coordSys.x + coordSys.width] : [x - half, x + half];
        const text = dataIndex === values.length - 1
          ? [{type: 'text', x: to - 2, y: y - 4, silent: true,
            style: {text: `${name} ${digits(values[dataIndex])}`, align: 'right', verticalAlign: 'bottom',
              fill: look.faint, fontSize: 11, fontFamily: 'sans-serif'}}]
          : [];
        return {
          type: 'group', silent: true,
          children: [{type: 'line', shape: {x1: from, y1: y, x2: to, y2: y}, silent: true,
            style: {stroke: look.roof, lineWidth: 2, lineDash: index ? [6, 4] : null}}, ...text],
        };
      },
    };
  }

  /** Peers are hollow. */
  const paint = (look, {hollow, color}) => hollow
    ? {color: look.paper, borderColor: color, borderWidth: 2, opacity: 1}
    : {color, opacity: 1};
  const marked = (look, point, style) => point.flagged
    ? {symbolSize: style.size + 5, itemStyle: {color: style.color, borderColor: look.bad, borderWidth: 3, opacity: 1}}
    : {};

  function speeds(look, chart, width, title) {
    const alone = chart.shapes.length === 1;
    const names = chart.series.map(s => s.name);
    const option = base(look, width, title, title && !alone ? names : null);
    const ticks = alone ? names : chart.shapes;
    const longest = 7 * Math.max(...ticks.map(tick => tick.length));
    const room = (width - 70) / ticks.length;
    const rotate = longest + 8 <= room ? 0 : room >= 34 ? 22 : 60;
    option.grid.bottom = Math.max(44, 18 + longest * Math.sin(rotate * Math.PI / 180));
    option.xAxis = axis(look, alone || rotate ? '' : 'shape', {
      type: 'category', data: ticks, ...below(28), splitLine: {show: false},
      axisLabel: {interval: 0, hideOverlap: false, rotate},
    });
    const most = Math.max(...chart.roofs.flatMap(r => r.values), ...chart.series.flatMap(
      s => s.points.map(p => ends(p)[1])));
    option.yAxis = axis(look, chart.unit, {
      type: 'value', min: 0, max: value => Math.max(value.max, most) * 1.08, nameGap: 8,
      axisLabel: {showMaxLabel: false, formatter: digits},
    });
    option.series = chart.roofs.map((line, i) => roof(look, line, i, alone));
    for (const {name, points} of chart.series) {
      const style = look.style(name);
      const at = point => alone ? name : point.x;
      const data = points.map(point => ({
        value: [at(point), point.y.median], note: point.note, ...marked(look, point, style),
      }));
      option.series.push(alone
        ? {type: 'bar', name, data, barGap: '-100%', barMaxWidth: 48, itemStyle: {color: style.color}, z: style.z,
          label: {show: true, position: 'top', formatter: mark => digits(mark.value[1]), color: look.ink, fontSize: 11}}
        : {type: 'line', name, data, symbol: style.symbol, symbolSize: style.size, z: style.z,
          itemStyle: paint(look, style), lineStyle: {color: style.color, width: style.width, type: style.dash}});
      const some = points.filter(point => point.y.low !== null);
      option.series.push(interval(name, {...style, color: alone ? look.ink : style.color},
        some.map(point => [at(point), ...ends(point)]), false));
    }
    return option;
  }

  function speedUps(look, chart, width, title) {
    const names = chart.series.map(s => s.name);
    const option = base(look, width, title, title ? names : null);
    const rows = [...chart.rows].map((row, i) => String(i));
    const label = row => `${row.operation}\n{shape|${row.shape}}`;
    const left = Math.min(210, width * 0.36);
    option.grid = {...option.grid, left, right: 20, bottom: 44};
    option.xAxis = octaves(look, 'times as fast, lanewise against others',
      octave(chart.series.flatMap(s => s.points).flatMap(ends), -1, 1), width - left, below(28));
    option.yAxis = axis(look, '', {
      type: 'category', data: rows, inverse: true, axisTick: {show: false},
      splitLine: {show: true, lineStyle: {color: look.line}},
      axisLabel: {interval: 0, hideOverlap: false, color: look.ink, width: left - 14, overflow: 'truncate',
        formatter: index => label(chart.rows[index]), fontSize: 12, lineHeight: 14,
        rich: {shape: {color: look.faint, fontSize: 11, lineHeight: 13}}},
    });
    if (rows.length > 12) { // More than a window shows.
      option.xAxis = [option.xAxis, {...option.xAxis, position: 'top', name: ''}];
    }
    option.series = [{
      type: 'custom', name: '', silent: true, z: 1, data: [[0, 0]],
      renderItem: ({coordSys}, api) => {
        const [x] = api.coord([0, 0]);
        return {type: 'group', silent: true, children: [
          {type: 'rect', silent: true, style: {fill: look.shade},
            shape: {x: coordSys.x, y: coordSys.y, width: x - coordSys.x, height: coordSys.height}},
          {type: 'line', silent: true, style: {stroke: look.ink, lineWidth: 1.5},
            shape: {x1: x, y1: coordSys.y, x2: x, y2: coordSys.y + coordSys.height}},
        ]};
      },
    }];
    chart.series.forEach(({name, points}, i) => {
      const style = look.style(name);
      const shift = (i - (names.length - 1) / 2) * Math.min(7, 26 / names.length);
      option.series.push({
        type: 'scatter', name, symbol: style.symbol, symbolSize: style.size, symbolOffset: [0, shift], z: 5,
        itemStyle: paint(look, style),
        data: points.map(point => ({
          value: [Math.log2(point.y.median), String(point.x)], note: point.note, ...marked(look, point, style),
        })),
      });
      option.series.push(interval(name, {...style, z: 4}, points.filter(point => point.y.low !== null)
        .map(point => [...ends(point).map(Math.log2), String(point.x)]), true, shift));
    });
    return option;
  }

  function roofline(look, chart, width, title) {
    const names = chart.series.map(s => s.name);
    const option = base(look, width, title, title ? names : null);
    const peak = Math.max(...chart.peaks.map(p => p.value));
    const [low, high] = octave([chart.low / 4, chart.high * 2]);
    const steepest = Math.max(...chart.bandwidths.map(b => b.value));
    const speeds = chart.series.flatMap(s => s.points.map(p => p.y.median));
    option.xAxis = octaves(look, 'flop/byte', [low, high], width, below(28));
    option.yAxis = octaves(look, 'GFLOP/s', octave([...speeds, peak * 1.3]), 400);
    const log = ([x, y]) => [Math.log2(x), Math.log2(y)];
    const line = (data, strong) => ({
      type: 'line', data: data.map(log), symbol: 'none', silent: true, z: 2,
      lineStyle: {color: look.roof, width: strong ? 2.2 : 1.1, type: strong ? 'solid' : [5, 4]},
    });
    const labels = (lines, at, align) => ({
      type: 'scatter', silent: true, z: 7, symbolSize: 0.1, itemStyle: {color: look.roof},
      labelLayout: {moveOverlap: 'shiftY'},
      data: lines.map(({name, value}) => ({value: log(at(value)), label: {
        show: true, formatter: () => name, position: [align === 'left' ? 4 : -4, align === 'left' ? 6 : -16], align,
        color: look.ink, fontSize: 11, backgroundColor: look.paper, padding: [1, 3],
      }})),
    });
    option.series = [
      ...chart.peaks.map(({value}) => line([[value / steepest, value], [2 ** high, value]], value === peak)),
      ...chart.bandwidths.map(({value}) => line([[2 ** low, value * 2 ** low], [peak / value, peak]], value === steepest)),
      labels(chart.peaks, value => [2 ** high, value], 'right'),
      labels(chart.bandwidths, value => [2 ** low, value * 2 ** low], 'left'),
    ];
    for (const {name, points} of chart.series) {
      const style = look.style(name);
      option.series.push({
        type: 'scatter', name, symbol: style.symbol, symbolSize: style.size, z: style.z,
        itemStyle: paint(look, style),
        labelLayout: {hideOverlap: true},
        data: points.map(point => ({
          value: log([point.x, point.y.median]), note: point.note, ...marked(look, point, style),
          label: {show: point.flagged || (style.z > 4 && width > 600), position: point.flagged ? 'left' : 'right', fontSize: 11,
            formatter: () => point.flagged ? 'above the roof' : point.label,
            color: point.flagged ? look.bad : style.color, textBorderColor: look.paper, textBorderWidth: 2},
        })),
      });
    }
    return option;
  }

  function warmup(look, curves, width, title) {
    const names = curves.map(c => c.name);
    const option = base(look, width, title, title ? names : null);
    const {color} = look.style('lanewise') ?? {color: look.ink};
    option.xAxis = axis(look, 'seconds since the first call', {
      type: 'log', ...below(28), min: 0.01, max: 'dataMax', axisLabel: {formatter: digits, showMaxLabel: false},
    });
    option.yAxis = axis(look, 'time per call', {type: 'log', axisLabel: {formatter: duration}});
    option.series = curves.map((curve, i) => {
      const settled = curve.points.find(([seconds]) => seconds === curve.settled);
      return {
        type: 'line', name: curve.name, symbol: 'circle', symbolSize: 3, showSymbol: false,
        lineStyle: {width: 2, color, type: dash(i)}, itemStyle: {color},
        endLabel: {show: true, formatter: '{a}', align: 'right', verticalAlign: 'bottom', offset: [-8, -5], color: look.ink},
        data: curve.points.map(value => ({value, note: `${curve.name}: ${duration(value[1])} after ${digits(value[0])} s`})),
        markPoint: settled ? {
          silent: true, symbol: 'pin', symbolSize: 26, itemStyle: {color, borderColor: look.paper, borderWidth: 1},
          label: {show: false}, data: [{coord: settled}],
        } : undefined,
      };
    });
    return option;
  }

  return {look, base, axis, below, speeds, speedUps, roofline, warmup, digits, duration, dash};
})();
