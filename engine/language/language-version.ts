/** Version of the definition language. Part of every release digest: the same files under another language are another release. */
export const LANGUAGE_VERSION = 1;
