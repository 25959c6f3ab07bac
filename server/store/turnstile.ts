/** Lets callers through one at a time, in the order they came. */
export function createTurnstile(): <T>(pass: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (pass) => {
    const turn = last.then(pass, pass);
    last = turn.catch(() => undefined);
    return turn;
  };
}
