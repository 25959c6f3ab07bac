import { it } from "vitest";
import { Play } from "./play.ts";
import { sample, shipped } from "./samples.ts";
import { simulated, standing, openCases } from "./told.ts";
const show = (t: any) => console.log(JSON.stringify({ s: standing(t), e: t.effects, c: t.commands, cases: openCases(t).map((c: any) => [c.taskId, c.category, c.severity, c.reasonCode]), ms: t.order.milestones.map((m: any) => m.id + ":" + m.outcome), comp: t.order.compensations.map((c: any) => [c.taskId, c.state]) , tasks: t.order.tasks.map((x: any)=>x.id+":"+x.state)}, null, 0));
it("probe", async () => {
  show(await simulated(sample("mobile-sim")));
  show(await simulated(sample("home-fiber")));
  show(await simulated(sample("managed-office")));
  show(await (await Play.start(shipped, sample("home-fiber"))).toEnd());
});
