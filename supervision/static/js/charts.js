// Draws the charts of a page: <div data-chart="ID"> takes the JSON of <script id="ID">. The table behind stays the source.
(() => {
  "use strict";
  const language = document.documentElement.lang;
  const chinese = language.startsWith("zh");
  const ink = "#1b2430", soft = "#4b5666", line = "#d5dbe3";
  const colours = ["#1a5fb4", "#b26b00", "#6b7787"];
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const exact = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const short = new Intl.NumberFormat(chinese ? "zh-CN" : "en", { notation: "compact", maximumFractionDigits: 1 });

  const said = (value, unit) => (unit === "yuan" ? `¥${exact.format(value)}` : whole.format(value));
  const saidShort = (value, unit) => (unit === "yuan" ? "¥" : "") + short.format(value);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

  function options({ unit, across, series, labels, values }, width) {
    const kinds = {
      type: "category", data: labels, inverse: across, axisTick: { show: false },
      axisLine: { lineStyle: { color: line } },
      axisLabel: across
        ? { color: ink, width: Math.min(220, width * 0.4), overflow: "truncate", interval: 0 }
        : { color: ink, hideOverlap: true },
    };
    const amounts = {
      type: "value", minInterval: unit === "count" ? 1 : 0, splitNumber: across ? 3 : 4,
      splitLine: { lineStyle: { color: line } },
      axisLabel: { color: soft, hideOverlap: true, formatter: (value) => saidShort(value, unit) },
    };
    return {
      animation: !still,
      color: colours,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: ink },
      aria: { enabled: true, decal: { show: series.length > 1 } },
      legend: series.length > 1 ? { top: 0, textStyle: { color: ink } } : undefined,
      grid: { left: 8, right: 24, top: series.length > 1 ? 36 : 12, bottom: 8, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      tooltip: {
        trigger: "axis", renderMode: "richText", confine: true, axisPointer: { type: "shadow" },
        valueFormatter: (value) => said(value, unit),
      },
      xAxis: across ? amounts : kinds,
      yAxis: across ? kinds : amounts,
      series: series.map((name, number) => ({ type: "bar", name, data: values[number], barMaxWidth: 32 })),
    };
  }

  function draw(place) {
    const data = JSON.parse(document.getElementById(place.dataset.chart).textContent);
    const label = place.getAttribute("aria-label");
    if (data.across) place.style.height = `${Math.max(8, 2.25 * data.labels.length + 3)}rem`;
    const chart = echarts.init(place, null, { renderer: "svg" });
    chart.setOption(options(data, place.clientWidth));
    place.setAttribute("aria-label", label); // ECharts writes its own, in its own tongue
    chart.on("click", ({ dataIndex }) => {
      if (data.addresses[dataIndex]) location.assign(data.addresses[dataIndex]);
    });
    new ResizeObserver(() => chart.resize()).observe(place);
  }

  for (const place of document.querySelectorAll("[data-chart]")) draw(place);
})();
