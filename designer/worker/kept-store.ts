/** A change the server does not have yet, with what it was made to, so that it can be joined with what others did meanwhile. */
export interface KeptFile extends KeptPlace {
  readonly text: string | null;
  readonly before: string | null;
}

/** Whose change of which file in which draft; the draft is "" while it has no name. */
export interface KeptPlace {
  readonly persona: string;
  readonly draft: string;
  readonly path: string;
}

const STORE = "kept";

let opening: Promise<IDBDatabase> | null = null;
let opened: IDBDatabase | null = null;

/** What is kept in this browser for a draft of a person. */
export async function readKept(persona: string, draft: string): Promise<readonly KeptFile[]> {
  const request = (await open()).transaction(STORE).objectStore(STORE).getAll(IDBKeyRange.bound([persona, draft], [persona, draft, []])) as IDBRequest<KeptFile[]>;
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("Nothing can be read from this browser.")));
  });
}

/** Keeps some files and forgets others, all or nothing. Rejects when the browser has no room. */
export async function writeKept(files: readonly KeptFile[], forget: readonly KeptPlace[]): Promise<void> {
  const writing = write(await open(), files, forget);
  return new Promise((resolve, reject) => {
    writing.addEventListener("complete", () => resolve());
    writing.addEventListener("abort", () => reject(writing.error ?? new Error("Nothing can be kept in this browser.")));
  });
}

/** The same without waiting, for a page that is going away: the browser finishes what was handed to it. */
export function writeKeptLeaving(files: readonly KeptFile[], forget: readonly KeptPlace[]): void {
  if (opened !== null) write(opened, files, forget);
}

function write(database: IDBDatabase, files: readonly KeptFile[], forget: readonly KeptPlace[]): IDBTransaction {
  const writing = database.transaction(STORE, "readwrite");
  const store = writing.objectStore(STORE);
  for (const { persona, draft, path } of forget) store.delete([persona, draft, path]);
  for (const file of files) store.put(file);
  writing.commit();
  return writing;
}

function open(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open("orderloom", 1);
    request.addEventListener("upgradeneeded", () => void request.result.createObjectStore(STORE, { keyPath: ["persona", "draft", "path"] }));
    request.addEventListener("success", () => {
      opened = request.result;
      opened.addEventListener("close", close);
      resolve(opened);
    });
    request.addEventListener("error", () => {
      close();
      reject(request.error ?? new Error("This browser keeps nothing."));
    });
  });
  return opening;
}

function close(): void {
  opening = null;
  opened = null;
}
