/**
 * Version of the definition language that this program writes and compiles. Part of every release digest: the same files
 * under another language are another release. A new version brings the step that leads to it (`upgrade/`).
 */
export const LANGUAGE_VERSION = 2;
