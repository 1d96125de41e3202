'use strict';
/* What every page has: its data, tables, a theme, charts, and a word on what went wrong. Text goes in as text only. */
const page = (() => {
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

  const facts = () => find('#facts').append(
    ...data.facts.flatMap(({name, value}) => [make('dt', {}, name), make('dd', {}, value)]));

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
    const look = charts.look(isDark(), data.implementations ?? []);
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
    find('#download')?.addEventListener('click', () => {
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

  /** Fills the page, draws it, and says what came of it. */
  function show(fill) {
    try {
      fill();
      navigation();
      controls();
      paint();
    } catch (error) {
      problems.push(String(error));
      throw error;
    } finally {
      setTimeout(report, 500); // Frames may be withheld from a page that is not seen; time is not.
    }
  }

  return {data, drawn, find, make, items, facts, table, draw, show};
})();
