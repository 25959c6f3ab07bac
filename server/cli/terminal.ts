/** What a command may use of the process it runs in. Tests and commands see nothing else of it. */
export interface Terminal {
  /** One line to standard output. */
  readonly print: (line: string) => void;
  /** One line to standard error: problems, and progress that is not the result. */
  readonly complain: (line: string) => void;
  /** Replaces the last progress line; on anything but a terminal it does nothing. */
  readonly update: (line: string) => void;
  readonly paint: Paint;
  readonly isTty: boolean;
  readonly now: () => string;
  readonly env: (name: string) => string | undefined;
  /** Calls back instead of ending the process on Ctrl+C; gives the function that ends this. */
  readonly onInterrupt: (listener: () => void) => () => void;
}

export type Tone = "plain" | "quiet" | "good" | "attention" | "bad" | "strong";

/** Colors a text; the identity where colors are not wanted. Color never carries meaning alone. */
export type Paint = (tone: Tone, text: string) => string;

const CODES: { readonly [tone in Tone]: string } = { plain: "", quiet: "2", good: "32", attention: "33", bad: "31", strong: "1" };

/** The terminal of this process. Colors only on a terminal, and not when `NO_COLOR` is set. */
export function processTerminal(): Terminal {
  const isTty = process.stdout.isTTY;
  const colored = isTty && (process.env["NO_COLOR"] ?? "") === "";
  // Whoever reads the output may stop reading, as `head` does: then there is nobody left to tell.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(0);
  });
  let pending = false;
  const clear = (): void => {
    if (pending) process.stdout.write("\r\u001B[2K");
    pending = false;
  };
  return {
    print: (line) => {
      clear();
      process.stdout.write(`${line}\n`);
    },
    complain: (line) => {
      clear();
      process.stderr.write(`${line}\n`);
    },
    update: (line) => {
      if (!isTty) return;
      clear();
      process.stdout.write(line.slice(0, (process.stdout.columns ?? 80) - 1));
      pending = true;
    },
    paint: (tone, text) => (colored && CODES[tone] !== "" ? `\u001B[${CODES[tone]}m${text}\u001B[0m` : text),
    isTty,
    now: () => new Date().toISOString(),
    env: (name) => process.env[name],
    onInterrupt: (listener) => {
      process.on("SIGINT", listener);
      return () => {
        process.off("SIGINT", listener);
      };
    },
  };
}
