import { describe, expect, it } from "vitest";
import { Random, splitmix32, STREAMS, streamsOf } from "./random.ts";

const take = (count: number, next: () => number) => Array.from({ length: count }, next);

describe("random numbers", () => {
  it("given the state 1, 2, 3, 4, when drawn, then xoshiro128** gives the words of the reference implementation 1.1", () => {
    const random = new Random([1, 2, 3, 4]);
    expect(take(10, () => random.word())).toEqual([11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804]);
  });

  it("given the state 0x9E3779B9, 608135816, 3084996962, 3735928559, when drawn, then the words are the reference's", () => {
    const random = new Random([2654435769, 608135816, 3084996962, 3735928559]);
    expect(take(10, () => random.word())).toEqual([2463954730, 5524658, 74256371, 1905451993, 3123413897, 314453775, 1263677054, 1531511215, 693760292, 1307612896]);
  });

  it("given the seeds 0 and 42, when splitmix32 expands them, then the words are those of an independent implementation", () => {
    expect(take(4, splitmix32(0))).toEqual([1684164658, 3653269916, 2939563536, 2141751570]);
    expect(take(4, splitmix32(42))).toEqual([551831576, 144025891, 322543647, 3034809370]);
  });

  it("given one seed, when one stream is drawn from, then the others do not move", () => {
    const untouched = streamsOf(7);
    const drawn = streamsOf(7);
    take(1_000, () => drawn.plan.word());
    for (const name of STREAMS.slice(1)) expect(take(20, () => drawn[name].word())).toEqual(take(20, () => untouched[name].word()));
  });

  it("given one seed, when all streams start, then no two give the same words", () => {
    const streams = streamsOf(7);
    expect(new Set(STREAMS.map((name) => take(4, () => streams[name].word()).join())).size).toBe(STREAMS.length);
  });

  it("given bounds, when numbers are drawn, then they stay inside and reach both ends", () => {
    const random = Random.of(1, 0);
    const drawn = new Set(take(1_000, () => random.between(2, 5)));
    expect([...drawn].sort()).toEqual([2, 3, 4, 5]);
    expect(take(1_000, () => random.fraction()).every((value) => value >= 0 && value < 1)).toBe(true);
    expect(take(1_000, () => random.spread(10, 1_000)).every((value) => value >= 10 && value <= 1_000)).toBe(true);
  });
});
