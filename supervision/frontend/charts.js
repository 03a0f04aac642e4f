// The part of ECharts that our charts use: bars, lines and pies, drawn as SVG so that they print and scale.
import { BarChart, LineChart, PieChart } from "echarts/charts";
import {
  AriaComponent, DatasetComponent, GridComponent, LegendComponent, TitleComponent, TooltipComponent,
} from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

echarts.use([
  AriaComponent, BarChart, DatasetComponent, GridComponent, LegendComponent, LineChart, PieChart, SVGRenderer,
  TitleComponent, TooltipComponent,
]);

export const { init, getInstanceByDom, registerLocale } = echarts;
