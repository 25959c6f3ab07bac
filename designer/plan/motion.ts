/** How long the sight takes to go somewhere else, in milliseconds; at once for those who do not want things to move. */
export function motionMs(): number {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 160;
}
