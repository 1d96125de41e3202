'use strict';
/* Fills the page of a run of benchmarks. */
(() => {
  const {data, drawn, find, make, items, table, draw} = page;

  /** Shapes for which a chart needs the width of the page. */
  const MANY = 8;

  const SHAPES = {
    circle: '<circle cx="7" cy="7" r="5"/>', rect: '<rect x="2" y="2" width="10" height="10"/>',
    triangle: '<path d="M7 1L13 12H1Z"/>', diamond: '<path d="M7 0L13 7L7 14L1 7Z"/>',
    arrow: '<path d="M7 1L12 13L7 10L2 13Z"/>', pin: '<path d="M7 14C1 7 3 1 7 1S13 7 7 14Z"/>',
  };

  function icon(name, index) {
    const style = charts.look(false, data.implementations).style(name);
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', '0 0 14 14');
    svg.setAttribute('aria-hidden', 'true');
    svg.dataset.name = name;
    svg.innerHTML = style
      ? SHAPES[style.symbol] ?? SHAPES.rect
      : `<path d="M-3 7H17" stroke-dasharray="${charts.dash(index)}"/>`;
    svg.style.fill = style && style.hollow ? 'none' : 'currentColor';
    svg.style.stroke = 'currentColor';
    svg.style.strokeWidth = '2';
    return svg;
  }

  /** Buttons, so that a keyboard reaches them. */
  function legend(section, names) {
    find(`#${section} .legend`).append(...names.map((name, i) => {
      const button = make('button', {type: 'button', 'aria-pressed': 'true'}, icon(name, i), name);
      button.addEventListener('click', () => {
        const shown = button.getAttribute('aria-pressed') === 'false';
        button.setAttribute('aria-pressed', String(shown));
        drawn.filter(d => d.section === section).forEach(({chart}) => chart.dispatchAction(
          {type: shown ? 'legendSelect' : 'legendUnSelect', name}));
      });
      return button;
    }));
  }

  const namesOf = charts => [...new Set(charts.flatMap(chart => chart.series.map(s => s.name)))];

  function headline() {
    page.facts();
    find('#warnings').append(...items(data.warnings));
    find('#strongest').append(...items(data.strongest.length ? data.strongest
      : ['Nothing: at no shape is lanewise ahead of all others beyond doubt.']));
    const decided = data.losses.filter(loss => loss.decided);
    const others = data.losses.filter(loss => !loss.decided);
    const losses = find('#losses');
    const list = (texts, name) => make('ul', {class: name}, ...items(texts.map(loss => loss.text)));
    losses.append(make('p', {class: 'lead'}, data.losses.length
      ? `Slower than another implementation in ${decided.length} cases, undecided in ${others.length}.`
      : 'In no case that was measured.'));
    losses.append(list(decided, 'lost'));
    if (others.length) {
      losses.append(make('details', decided.length ? {} : {open: ''},
        make('summary', {}, `Undecided: ${others.length}`), list(others, '')));
    }
  }

  function pictures() {
    data.speeds.forEach(chart => draw('speed', chart.title,
      chart.shapes.length === 1 ? `${chart.shapes[0]}, ${chart.unit}` : chart.unit,
      chart.shapes.length > MANY ? 420 : 300,
      (look, width) => charts.speeds(look, chart, width), chart.shapes.length > MANY));
    legend('speed', namesOf(data.speeds));
    const rows = data.speedUps.rows.length;
    if (rows) {
      draw('speedups', 'Speed-up', 'times as fast', rows * 38 + 80,
        (look, width) => charts.speedUps(look, data.speedUps, width));
      legend('speedups', namesOf([data.speedUps]));
    }
    data.rooflines.forEach(chart => draw('roofline', 'Roofline', `threads: ${chart.threads}`, 560,
      (look, width) => charts.roofline(look, chart, width)));
    legend('roofline', namesOf(data.rooflines));
    if (data.warmups.length) {
      draw('warmup', 'Warm-up', 'time per call', 420, (look, width) => charts.warmup(look, data.warmups, width));
      legend('warmup', data.warmups.map(curve => curve.name));
    }
    find('#above').append(make('p', {class: data.above.length ? 'error' : 'lead'}, data.above.length
      ? 'Above the roof, so errors of measurement:' : 'No figure is above its roof.'));
    find('#above').append(make('ul', {class: 'error'}, ...items(data.above)));
    find('#settled').append(...items(data.warmups.map(curve => curve.settled === null
      ? `${curve.name}: not within 10 % of its last speed for good`
      : `${curve.name}: after ${charts.digits(curve.settled)} s, then ${charts.duration(curve.last)} per call`)));
  }

  function tables() {
    find('#figures .tables').append(...data.figures.map(each => make('details', {},
      make('summary', {}, each.title), table(each, row => row[1].startsWith('lanewise')))));
    find('#calibration .tables').append(...data.calibration.map(each => table(each)));
    [data.environment, data.peers].forEach(each => {
      const node = table(each);
      node.classList.add('words');
      find('#environment .tables').append(node);
    });
    find('#method ul').append(...items(data.method));
  }

  page.show(() => {
    headline();
    pictures();
    tables();
  });
})();
