'use strict';
/* Puts the data into the page. Text goes in as text only. */
(() => {
  const problems = [];
  const status = document.getElementById('status');
  const say = console.error;
  console.error = (...words) => {
    problems.push(words.join(' '));
    say(...words);
  };
  window.addEventListener('error', event => problems.push(event.message));
  document.addEventListener('securitypolicyviolation', event => problems.push(`asked for ${event.blockedURI}`));

  const parse = id => JSON.parse(document.getElementById(id).textContent);
  const data = parse('data');
  const find = selector => document.querySelector(selector);
  const drawn = [];

  function make(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    node.append(...children);
    return node;
  }

  const items = texts => texts.map(text => make('li', {}, text));

  function table({title, columns, labels, rows}, mark) {
    const word = i => (i < labels ? {class: 'word'} : {});
    const body = rows.map(row => make('tr', mark && mark(row) ? {class: 'own'} : {},
      ...row.map((cell, i) => make('td', word(i), cell))));
    return make('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': title},
      make('table', {},
        make('caption', {}, title),
        make('thead', {}, make('tr', {}, ...columns.map((name, i) => make('th', {scope: 'col', ...word(i)}, name)))),
        make('tbody', {}, ...body)));
  }

  /* Theme: the system's until the reader chooses. */
  const prefersDark = window.matchMedia('(prefers-color-scheme: dark)');
  const THEMES = ['system', 'light', 'dark'];
  let theme = 'system';
  const isDark = () => theme === 'dark' || (theme === 'system' && prefersDark.matches);

  function paint() {
    document.documentElement.dataset.theme = isDark() ? 'dark' : 'light';
    const look = charts.look(isDark(), data.implementations);
    drawn.forEach(({chart, box, option}) => {
      chart.resize();
      chart.setOption(option(look, box.clientWidth), {replaceMerge: ['series']});
    });
    document.querySelectorAll('.legend svg').forEach(icon => {
      icon.style.color = (look.style(icon.dataset.name) ?? look.style('lanewise')).color;
    });
  }

  function draw(section, title, unit, height, option, wide = false) {
    const box = make('div', {class: 'chart', role: 'img', 'aria-label': `Chart: ${title}. The tables have its values.`});
    box.style.height = `${height}px`;
    const host = find(`#${section} .charts`) ?? find(`#${section} .grid`);
    host.append(make('figure', wide ? {class: 'wide'} : {}, make('figcaption', {}, title, ' ', make('span', {}, unit)), box));
    const chart = echarts.init(box, null, {renderer: 'svg'});
    drawn.push({chart, box, option, section});
  }

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
    find('#facts').append(...data.facts.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, value)]));
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

  function navigation() {
    document.querySelectorAll('section').forEach(section => {
      const charts = section.querySelector('.charts, .grid');
      section.hidden = Boolean(charts) && !charts.hasChildNodes();
      if (section.dataset.title && !section.hidden) {
        find('nav').append(make('a', {href: `#${section.id}`}, section.dataset.title));
      }
    });
  }

  function controls() {
    find('#theme').addEventListener('click', event => {
      theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
      event.target.textContent = `Theme: ${theme}`;
      paint();
    });
    prefersDark.addEventListener('change', paint);
    find('#download').addEventListener('click', () => {
      const url = URL.createObjectURL(new Blob([document.getElementById('results').textContent],
        {type: 'application/json'}));
      make('a', {href: url, download: 'results.json'}).click();
      URL.revokeObjectURL(url);
    });
    let width = window.innerWidth;
    window.addEventListener('resize', () => {
      if (window.innerWidth !== width) {
        width = window.innerWidth;
        paint();
      }
    });
    let before;
    window.addEventListener('beforeprint', () => {
      before = theme;
      theme = 'light';
      document.querySelectorAll('details').forEach(details => details.setAttribute('open', ''));
      paint();
    });
    window.addEventListener('afterprint', () => {
      theme = before;
      paint();
    });
  }

  /** For whoever tests the page: what was drawn, and what went wrong. */
  function report() {
    const count = box => box.querySelectorAll('svg path').length;
    const shown = model => model.getSeries().filter(series =>
      series.name && series.subType !== 'custom' && !model.isSeriesFiltered(series));
    const marks = chart => shown(chart.getModel()).reduce((sum, series) => sum + series.getData().count(), 0);
    status.textContent = JSON.stringify({
      charts: drawn.map(({chart, box, section}) => ({section, paths: count(box), marks: marks(chart)})),
      theme: document.documentElement.dataset.theme,
      requests: performance.getEntriesByType('resource').map(entry => entry.name),
      width: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      problems,
    });
  }

  try {
    headline();
    pictures();
    tables();
    navigation();
    controls();
    paint();
  } catch (error) {
    problems.push(String(error));
    throw error;
  } finally {
    setTimeout(report, 500); // Frames may be withheld from a page that is not seen; time is not.
  }
})();
