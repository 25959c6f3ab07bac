/**
 * How ajv writes the code of a validator: as it comes. Making it shorter takes a third of the time of compiling a schema and a validator
 * is no faster for it, while every start of a program compiles the schemas of all kinds.
 */
export const AJV_CODE = { optimize: false } as const;
