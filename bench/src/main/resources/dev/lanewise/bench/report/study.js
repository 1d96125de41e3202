'use strict';
/* Fills the page of a study. */
(() => {
  const {data, find, make, table, draw} = page;
  const {base, axis, below} = charts;

  const finished = data.trials.filter(trial => trial.score !== null);
  const budgets = [...new Set(data.trials.map(trial => trial.budget))].sort((a, b) => a - b);
  const better = (a, b) => (data.maximise ? a > b : a < b);

  /** At most four digits; an exponent for the large and the small. */
  function short(value) {
    const size = Math.abs(value);
    return size !== 0 && (size >= 1e5 || size < 1e-3)
      ? String(Number(value.toPrecision(3)).toExponential()).replace('e+', 'e')
      : String(Number(value.toPrecision(4)));
  }

  const note = ({trial, budget, result, values}) => [
    `trial ${trial}${budgets.length > 1 ? `, budget ${budget}` : ''}: ${result}`,
    ...data.axes.map(({name}, i) => `${name}: ${values[i]}`)].join('\n');

  /*
   * The axis of scores: logarithmic for losses of very different size, and not longer than three times the best three
   * quarters, so that a few scores that are far off leave room for the others. Those, and trials without a score, have
   * their marks behind the worst of the others.
   */
  const scores = (() => {
    const sorted = finished.map(trial => trial.score).sort((a, b) => (data.maximise ? b - a : a - b));
    const best = sorted[0];
    const log = !data.maximise && best > 0 && sorted.at(-1) / best > 50;
    const place = score => (log ? Math.log10(score) : Math.max(-1e300, Math.min(score, 1e300)));
    const places = sorted.map(place);
    const far = 3 * (places[Math.floor(0.75 * (places.length - 1))] - places[0]);
    const near = places.length >= 8 && far !== 0
      ? places.filter(at => Math.abs(at - places[0]) <= Math.abs(far))
      : places;
    const worst = near.at(-1);
    const length = worst - places[0] || Math.abs(worst) / 10 || 1;
    const fence = finished.length ? worst + 0.08 * (data.maximise ? -Math.abs(length) : length) : 0;
    const steps = log ? {minInterval: 1} : {};
    const isBeyond = score => finished.length > 0 && (data.maximise ? place(score) < worst : place(score) > worst);
    return {
      best: places[0], worst, isBeyond, steps,
      at: score => (score === null || isBeyond(score) ? fence : place(score)),
      axis: look => axis(look, 'score', {
        type: 'value', scale: true, ...steps, ...(finished.length ? {} : {min: 0, max: 1}),
        axisLabel: {formatter: at => (finished.length ? short(log ? 10 ** at : at) : '')},
      }),
      label: at => short(log ? 10 ** at : at),
    };
  })();

  const RUNGS = ['lanewise', 'autovec', 'scalar', 'separate', 'lanewisePacked', 'naive'];
  const SYMBOLS = ['circle', 'triangle', 'diamond', 'rect', 'roundRect', 'arrow'];
  const THICK_LINES = 5;

  /** The kinds of marks: finished ones by budget, the largest first, and the ends without a score. */
  const kinds = [
    ...[...budgets].reverse().map((budget, i) => ({
      name: budgets.length > 1 ? `budget ${budget}` : 'finished', budget,
      symbol: SYMBOLS[i % SYMBOLS.length], color: look => look.own[RUNGS[i % RUNGS.length]],
      has: trial => trial.score !== null && trial.budget === budget,
    })),
    {name: 'failed', symbol: 'path://M0 0L10 10M10 0L0 10', cross: true, color: look => look.bad,
      has: trial => trial.status === 'FAILED'},
    {name: 'timed out', symbol: 'path://M0 0H10L0 10H10Z', cross: true, color: look => look.bad,
      has: trial => trial.status === 'TIMED_OUT'},
  ].filter(kind => data.trials.some(kind.has));

  function marks(look, kind, x) {
    const color = kind.color(look);
    const beyond = {color: look.paper, borderColor: color, borderWidth: 2, opacity: 1};
    return {
      type: 'scatter', name: kind.name, symbol: kind.symbol, z: kind.cross ? 5 : 4,
      symbolSize: data.trials.length > 300 ? 6 : 9,
      itemStyle: kind.cross
        ? {color: 'transparent', borderColor: color, borderWidth: 2}
        : {color, opacity: data.trials.length > 300 ? 0.6 : 0.85},
      data: data.trials.map((trial, i) => ({trial, i})).filter(({trial}) => kind.has(trial)).map(({trial, i}) => ({
        value: [x(trial, i), scores.at(trial.score)], note: note(trial),
        ...(trial.score !== null && scores.isBeyond(trial.score) ? {itemStyle: beyond} : {}),
      })),
    };
  }

  /** The steps of the best score of a budget. */
  function best(look, kind) {
    const color = kind.color(look);
    const steps = [];
    let last = 0;
    let found = null;
    data.trials.forEach((trial, i) => {
      if (trial.budget === kind.budget) {
        last = i + 1;
        if (trial.score !== null && (found === null || better(trial.score, found))) {
          found = trial.score;
          steps.push([i + 1, scores.at(found)]);
        }
      }
    });
    return {
      type: 'line', name: 'best so far', step: 'end', symbol: 'none', silent: true, z: 3,
      itemStyle: {color: budgets.length > 1 ? look.ink : color}, lineStyle: {color, width: 2.5},
      data: [...steps, [last, scores.at(found)]],
    };
  }

  function options(look, width, names) {
    const option = base(look, width, null, names);
    option.legend.top = 2;
    option.tooltip.extraCssText = 'max-width: 26rem; white-space: pre-line; overflow-wrap: anywhere';
    option.grid.left = 64;
    return option;
  }

  function progress(look, width) {
    const option = options(look, width, [...kinds.map(kind => kind.name), 'best so far']);
    option.xAxis = axis(look, 'trials ended', {
      type: 'value', min: Math.min(1, data.trials.length - 1), max: data.trials.length, minInterval: 1, ...below(28),
      axisLabel: {formatter: String},
    });
    option.yAxis = scores.axis(look);
    const rungs = kinds.filter(kind => kind.budget);
    option.series = [...kinds.map(kind => marks(look, kind, (trial, i) => i + 1)), ...rungs.map(kind => best(look, kind))];
    return option;
  }

  /** The axis of a parameter, upright or lying. */
  function scale(look, each) {
    const values = each.conditional ? [...each.labels, 'none'] : each.labels;
    if (each.discrete) {
      return {type: 'category', data: values};
    }
    const parts = each.labels.length - 1;
    const steps = each.conditional ? 2 : 1; // None stands between two ticks, one part below the least value.
    return {
      type: 'value', min: each.conditional ? -1.5 / parts : 0, max: 1, interval: 1 / parts / steps,
      axisLabel: {formatter: at => {
        const label = Math.round(at * parts * steps) / steps;
        return label === -1 ? 'none' : each.labels[label] ?? '';
      }},
    };
  }

  function against(index) {
    const each = data.axes[index];
    const jitter = trial => (each.discrete ? [((trial.trial * 0.618034) % 1 - 0.5) * 24, 0] : [0, 0]);
    return (look, width) => {
      const option = options(look, width, null);
      option.xAxis = axis(look, '', {...scale(look, each), splitLine: {show: !each.discrete, lineStyle: {color: look.line}},
        axisLabel: {...scale(look, each).axisLabel, width: (width - 90) / (each.labels.length + 1), overflow: 'truncate'}});
      option.grid.bottom = 30;
      option.yAxis = scores.axis(look);
      option.series = kinds.map(kind => marks(look, kind, trial => trial.places[index]));
      option.series.forEach((series, k) => {
        const some = data.trials.filter(kinds[k].has);
        series.data.forEach((mark, i) => Object.assign(mark, {symbolOffset: jitter(some[i])}));
      });
      return option;
    };
  }

  function importance() {
    const {trials, least, budget, shares} = data.importance;
    const some = `${trials} finished trials${budgets.length > 1 ? ` of budget ${budget}` : ''}`;
    const matters = shares.some(({share}) => share > 0);
    find('#importance > p').textContent = !shares.length && data.axes.length
      ? `There are too few trials to tell: ${some}; it takes at least ${least}.`
      : matters
        ? `What share of how scores vary over the space, by rank, is due to each parameter, from ${some}.`
        : `From ${some} no parameter is seen to matter.`;
    if (matters) {
      draw('importance', 'Importance', '% of how ranks of scores vary', 60 + 30 * shares.length, bars);
    }
  }

  function bars(look, width) {
    const {shares} = data.importance;
    const option = options(look, width, null);
    const left = Math.min(24 + 7.5 * Math.max(...shares.map(({parameter}) => parameter.length)), width * 0.4);
    option.grid = {left, right: 60, top: 8, bottom: 44};
    option.xAxis = axis(look, 'share in %', {type: 'value', min: 0, max: 100, ...below(28)});
    option.yAxis = axis(look, '', {type: 'category', inverse: true, data: shares.map(({parameter}) => parameter),
      axisTick: {show: false}, splitLine: {show: false},
      axisLabel: {color: look.ink, interval: 0, hideOverlap: false, width: left - 14, overflow: 'truncate'}});
    option.series = [{
      type: 'bar', name: 'importance', barMaxWidth: 18, itemStyle: {color: look.own.lanewise},
      label: {show: true, position: 'right', color: look.ink, formatter: mark => `${mark.value.toFixed(1)} %`},
      data: shares.map(({parameter, share}) => ({value: 100 * share, note: `${parameter}: ${(100 * share).toFixed(1)} %`})),
    }];
    return option;
  }

  /** Each trial at the largest budget that it finished, the best last, so that its line is on top. */
  const ends = (() => {
    const last = new Map();
    finished.forEach(trial => {
      if (!(last.get(trial.trial)?.budget > trial.budget)) {
        last.set(trial.trial, trial);
      }
    });
    return [...last.values()].sort((a, b) =>
      a.budget - b.budget || (data.maximise ? a.score - b.score : b.score - a.score) || b.trial - a.trial);
  })();

  function parallel(look, width) {
    const option = options(look, width, null);
    const left = Math.min(160, width * 0.3);
    const all = [...data.axes, {name: 'score'}];
    option.parallel = {layout: 'vertical', left, right: 36, top: 24, bottom: 84};
    option.parallelAxis = all.map((each, dim) => axis(look, each.name, {
      dim, z: 20, ...(each.labels ? scale(look, each) : {type: 'value', scale: true, ...scores.steps}),
      nameLocation: 'start', nameGap: 14, nameTruncate: {maxWidth: left - 24},
      nameTextStyle: {color: look.ink, fontWeight: each.labels ? 'normal' : 'bold'},
      axisLabel: {color: look.faint, textBorderColor: look.paper, textBorderWidth: 3, ...(each.labels ? scale(look, each).axisLabel : {formatter: scores.label})},
      areaSelectStyle: {width: 16, borderColor: look.own.autovec, color: look.own.autovec, opacity: 0.35},
    }));
    const range = [scores.best, scores.worst].sort((a, b) => a - b);
    const places = ends.map(trial => scores.at(trial.score));
    const colours = [look.pale, look.own.lanewise];
    option.visualMap = {
      show: true, type: 'continuous', dimension: all.length - 1, min: Math.min(...places), max: Math.max(...places),
      calculable: false, orient: 'horizontal', left: 'center', bottom: 0, itemHeight: 160, itemWidth: 12,
      inRange: {color: data.maximise ? colours : colours.reverse()}, formatter: scores.label,
      text: [scores.label(range[1]), scores.label(range[0])], textStyle: {color: look.faint},
    };
    option.series = [{
      type: 'parallel', name: 'trials', smooth: false, inactiveOpacity: 0.04, activeOpacity: 0.9,
      lineStyle: {width: ends.length > 100 ? 1 : 2, opacity: Math.min(0.8, Math.max(80 / ends.length, 0.12))},
      emphasis: {lineStyle: {width: 4, opacity: 1}},
      data: ends.map((trial, i) => ({
        value: [...trial.places, scores.at(trial.score)], note: note(trial),
        ...(i >= ends.length - THICK_LINES ? {lineStyle: {width: 3, opacity: 1}} : {}),
      })),
    }];
    return option;
  }

  function tables() {
    find('#best .tables').append(finished.length ? table(data.best) : 'No trial has finished.');
    find('#failures').toggleAttribute('hidden', !data.failures.rows.length);
    const failures = table(data.failures);
    failures.classList.add('words');
    find('#failures .tables').append(failures);
    find('#failures > p').textContent = data.moreFailures ? `And ${data.moreFailures} more.` : '';
    const all = {
      title: `All ${data.trials.length} trials in the study's order`, labels: 0,
      columns: ['trial', 'budget', 'score', ...data.axes.map(({name}) => name)],
      rows: data.trials.map(({trial, budget, status, result, values}) => [
        trial, budget, status === 'FINISHED' ? result : status === 'FAILED' ? 'failed' : 'timed out', ...values]),
    };
    find('#trials .tables').append(make('details', {}, make('summary', {}, all.title), table(all)));
  }

  page.show(() => {
    page.facts();
    find('#reading').textContent = data.complete ? '' : 'The study was stopped before all its trials had ended.';
    find('#rungs').textContent = budgets.length > 1 ? ' of each budget; scores of different budgets do not compare' : '';
    find('#beyond').textContent = finished.some(trial => scores.isBeyond(trial.score))
      ? 'Hollow marks are far off and would stand beyond the axis.' : '';
    tables();
    importance();
    if (data.trials.length) {
      draw('progress', 'Best so far', data.maximise ? 'higher is better' : 'lower is better', 380, progress);
    }
    if (finished.length && data.axes.length) {
      draw('parallel', 'Trials', 'coloured by score', 130 + 58 * (data.axes.length + 1), parallel);
    }
    const shown = data.trials.length ? data.importance.shares.map(({parameter}) => parameter) : [];
    const order = name => (shown.includes(name) ? shown.indexOf(name) : Infinity);
    data.axes.map((each, i) => i).sort((a, b) => order(data.axes[a].name) - order(data.axes[b].name) || a - b)
      .filter(() => data.trials.length)
      .forEach(i => draw('parameters', data.axes[i].name, data.axes[i].scale, 280, against(i)));
  });
})();
